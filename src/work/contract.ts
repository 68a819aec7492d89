import { z } from 'zod'
import { Words } from '../core/contract.ts'

/** Long work as people see it. */
export const Job = z.object({
  id: z.string(),
  kind: z.string(),
  title: Words,
  /** `interrupted`: the process ended while the job ran. */
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  stage: z.string().nullable(),
  item: z.string().nullable(),
  done: z.int(),
  total: z.int(),
  rows: z.int().nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  fault: z.object({ code: z.string(), words: Words }).nullable(),
})
export type Job = z.infer<typeof Job>
