import { z } from 'zod'

/** What a column's values look like, judged from the values, with the evidence. */
export const InferredType = z.object({
  type: z
    .enum(['text', 'integer', 'decimal', 'date', 'datetime', 'boolean', 'empty'])
    .describe('Type judged from the values.'),
  conforming: z.int().describe('Values of that type.'),
  filled: z.int().describe('Values that are not blank.'),
})

/** 信息项: a column with counts and distribution. Values of sensitive columns are masked before they leave the server. */
export const FieldProfile = z.object({
  name: z.string().describe('Name of the column.'),
  position: z.int().describe('Place among the columns, from 1.'),
  inferred: InferredType.describe('What the values look like, with the evidence.'),
  rows: z.int().describe('Records of the dataset.'),
  filled: z.int().describe('Values that are neither missing nor blank nor a null token (无, 不详, N/A…).'),
  blank: z.int().describe('Values missing or blank.'),
  nullTokens: z.int().describe('Null tokens.'),
  distinct: z.int().describe('Distinct filled values.'),
  distinctExact: z.boolean().describe('False: an estimate.'),
  minLength: z.int().nullable(),
  maxLength: z.int().nullable(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  /** Most frequent values, most frequent first. */
  top: z.array(z.object({ value: z.string(), count: z.int() })),
  /** Character shapes (9 digit, A letter, 汉 Chinese, others themselves), most frequent first. */
  shapes: z.array(z.object({ shape: z.string(), count: z.int() })),
})
export type FieldProfile = z.infer<typeof FieldProfile>

/** The profile of one version of a dataset. */
export const DatasetProfile = z.object({
  department: z.string(),
  dataset: z.string(),
  version: z.string(),
  rows: z.int(),
  fields: z.array(FieldProfile),
  /** Columns whose filled values occur once each and fill every row: candidates for the record key. */
  keys: z.array(z.string()),
})
export type DatasetProfile = z.infer<typeof DatasetProfile>
