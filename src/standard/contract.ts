import { z } from 'zod'
import { Words } from '../source/contract.ts'

/** 敏感级别 of a data element or column, DB33/T 2351-2021: L4 most sensitive. */
export const Grade = z.enum(['L1', 'L2', 'L3', 'L4'])
export type Grade = z.infer<typeof Grade>

/** Why a column was bound: the kind of evidence, what was seen, and how much it counts (0…1). */
export const BindingEvidence = z.object({
  kind: z.enum(['name', 'synonym', 'pinyin', 'content', 'code-set', 'neighbour', 'conflict']),
  words: Words,
  score: z.number(),
})

/** A column bound to a data element (数据元). */
export const Binding = z.object({
  column: z.string(),
  element: z.string(),
  elementName: Words,
  /** Standard and edition that define the element, e.g. `GB 11643-1999`. */
  standard: z.string(),
  grade: Grade,
  /** Whose element it is when not the record's own subject's: 配偶, 法定代表人, spouse… */
  role: z.string(),
  confidence: z.number(),
  evidence: z.array(BindingEvidence),
})
export type Binding = z.infer<typeof Binding>
