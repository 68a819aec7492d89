import { z } from 'zod'
import { Words } from '../core/contract.ts'

export { Words }

/** Where something is wrong with data. */
export const FindingOut = z.object({
  code: z.string().describe('Stable code of the finding.'),
  severity: z
    .enum(['strong', 'weak', 'note'])
    .describe('strong: records were lost; weak: something was repaired or left out; note: worth knowing.'),
  place: z
    .object({
      file: z.string().optional().describe('Path below the governed folder.'),
      sheet: z.string().optional().describe('Sheet of a workbook.'),
      line: z.int().optional().describe('Line of a text file, from 1.'),
      row: z.int().optional().describe('Record, from 1; row of a sheet.'),
      column: z.string().optional().describe('Column.'),
    })
    .describe('Where it was found.'),
  words: Words.describe('What was found, in words.'),
})

/** Where a dataset came from, and how its bytes were read. */
export const Origin = z.object({
  path: z.string().describe('Path below the governed folder, `/` as separator.'),
  format: z.enum(['csv', 'xlsx', 'json', 'ndjson', 'parquet']).describe('Format of the file.'),
  packing: z.enum(['none', 'gzip', 'zip']).describe('How the file was packed.'),
  encoding: z
    .enum(['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252', 'big5', 'binary'])
    .describe('Character encoding that was found.'),
  delimiter: z.string().optional().describe('Field delimiter of a text table.'),
  quote: z.string().optional().describe('Quote character of a text table; absent: none.'),
  headerLine: z.int().optional().describe('Line or row of the header.'),
  sheet: z.string().optional().describe('Sheet of a workbook.'),
  member: z.string().optional().describe('Member of an archive.'),
})
export type Origin = z.infer<typeof Origin>

/** A column as it arrived. `name` is what the lake uses; it differs from `header` only where a finding says so. */
export const ArrivedColumn = z.object({
  name: z.string().describe('Name in the lake; differs from `header` only where a finding says so.'),
  header: z.string().describe('Header as it stands in the file.'),
  position: z.int().describe('Place among the columns, from 1.'),
  declared: z.string().optional().describe("Type the file itself declares (Parquet, XLSX), in the file's own words."),
})
export type ArrivedColumn = z.infer<typeof ArrivedColumn>
