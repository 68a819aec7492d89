import { z } from 'zod'
import { Result } from './contract.ts'

/** JSON Schema (draft 2020-12) of `result.json`. */
export function resultSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(Result) as Record<string, unknown>
  return { $schema: schema['$schema'], $id: 'urn:datong:schema:result-1', title: 'datong result, version 1', ...schema }
}
