import { z } from 'zod'
import { Words } from '../source/contract.ts'

/** 敏感级别 of a data element or column, DB33/T 2351-2021: L4 most sensitive. */
export const Grade = z.enum(['L1', 'L2', 'L3', 'L4'])
export type Grade = z.infer<typeof Grade>

/** Why a column was bound: the kind of evidence, what was seen, and how much it counts (0…1). */
export const BindingEvidence = z.object({
  kind: z
    .enum(['name', 'synonym', 'pinyin', 'content', 'code-set', 'neighbour', 'conflict'])
    .describe('Kind of evidence; conflict speaks against.'),
  words: Words.describe('What was seen.'),
  score: z.number().describe('How much it counts, 0 to 1.'),
})

/** A column bound to a data element (数据元). */
export const Binding = z.object({
  column: z.string().describe('Column of the dataset.'),
  element: z.string().describe('Short name of the data element (数据元), pinyin initials such as GMSFHM.'),
  elementName: Words.describe('Name of the data element.'),
  standard: z.string().describe('Standard and edition that define the element.'),
  grade: Grade.describe('敏感级别 of DB33/T 2351-2021; L4 is the most sensitive.'),
  role: z
    .string()
    .describe(
      "Whose element it is when not the record's own subject's: 配偶, 法定代表人, spouse… Blank: the subject's.",
    ),
  confidence: z.number().describe('0 to 1; a column is bound at 0.6 or more.'),
  evidence: z.array(BindingEvidence).describe('What speaks for and against.'),
})
export type Binding = z.infer<typeof Binding>
