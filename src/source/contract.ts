import { z } from 'zod'
import { Words } from '../core/contract.ts'

export { Words }

/** Where something is wrong with data. */
export const FindingOut = z.object({
  code: z.string(),
  severity: z.enum(['strong', 'weak', 'note']),
  place: z.object({
    file: z.string().optional(),
    sheet: z.string().optional(),
    line: z.int().optional(),
    row: z.int().optional(),
    column: z.string().optional(),
  }),
  words: Words,
})

/** Where a dataset came from, and how its bytes were read. */
export const Origin = z.object({
  /** Path below the governed folder, `/` as separator. */
  path: z.string(),
  format: z.enum(['csv', 'xlsx', 'json', 'ndjson', 'parquet']),
  packing: z.enum(['none', 'gzip', 'zip']),
  encoding: z.enum(['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252', 'big5', 'binary']),
  delimiter: z.string().optional(),
  quote: z.string().optional(),
  headerLine: z.int().optional(),
  sheet: z.string().optional(),
  /** Member of an archive. */
  member: z.string().optional(),
})
export type Origin = z.infer<typeof Origin>

/** A column as it arrived. `name` is what the lake uses; it differs from `header` only where a finding says so. */
export const ArrivedColumn = z.object({
  name: z.string(),
  header: z.string(),
  position: z.int(),
  /** A type the file itself declares (Parquet, XLSX), in the file's own words. */
  declared: z.string().optional(),
})
export type ArrivedColumn = z.infer<typeof ArrivedColumn>
