import { z } from 'zod'
import { fault } from '../core/index.ts'

/** JSON Schema of a zod schema, as Fastify's validator and OpenAPI understand it. The same schema validates and documents. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io, unrepresentable: 'any' }) as Record<
    string,
    unknown
  >
  return rest
}

/** Parses an outside value; what does not fit becomes `http.bad-request` naming the place. */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const found = schema.safeParse(value)
  if (found.success) return found.data
  const issue = found.error.issues[0]!
  throw fault('http.bad-request', { why: `${issue.path.join('.')}: ${issue.message}` }, { cause: found.error })
}
