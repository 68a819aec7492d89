import type { Watch } from '../../../core/index.ts'
import type { FileInput, LoadResult, Reject, Row } from '../../session.ts'
import { ROW } from '../../plan.ts'
import { quote } from '../render.ts'
import type { DuckSession } from './session.ts'
import { text } from './spelling.ts'

/** Longest record that is read, in bytes: a cell of some megabytes still fits. */
export const longestRecord = 16 * 1024 * 1024

/** Reads a file into one Parquet file of text columns in file order. */
export async function loadFile(
  session: DuckSession,
  input: FileInput,
  target: string,
  watch: Watch,
): Promise<LoadResult> {
  const source = input.format === 'csv' ? csv(input) : parquet(input)
  const copy = `COPY (${source}) TO ${text(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880${about(input)})`
  if (input.format === 'csv') await forgetRejects(session)
  const rows = await session.statement(copy, 'load', watch)
  return { rows, rejects: input.format === 'csv' ? await rejectsOf(session) : [] }
}

const about = (input: FileInput): string =>
  input.format === 'csv' && input.about !== undefined ? `, KV_METADATA {about: ${text(input.about)}}` : ''

function csv(input: Extract<FileInput, { format: 'csv' }>): string {
  const columns = input.columns.map((name) => `${text(name)}: '${name === ROW ? 'BIGINT' : 'VARCHAR'}'`).join(', ')
  const options = [
    text(input.path),
    `columns = {${columns}}`,
    'auto_detect = false',
    'header = false',
    `skip = ${input.skip}`,
    `delim = ${text(input.delimiter)}`,
    `quote = ${text(input.quote)}`,
    `escape = ${text(input.quote)}`,
    `encoding = ${text(input.encoding)}`,
    ...(input.newline === undefined ? [] : ["new_line = '\\n'"]),
    'strict_mode = true',
    'null_padding = false',
    "nullstr = ''",
    'allow_quoted_nulls = false',
    'store_rejects = true',
    "rejects_table = 'load_errors'",
    "rejects_scan = 'load_scans'",
    'rejects_limit = 100000',
    ...(input.longRecords ? [`max_line_size = ${longestRecord}`] : []),
  ]
  return `SELECT * FROM read_csv(${options.join(', ')})`
}

async function forgetRejects(session: DuckSession): Promise<void> {
  await session.drop(['load_errors', 'load_scans'])
}

const kinds: Readonly<Record<string, Reject['kind']>> = {
  'MISSING COLUMNS': 'too-few',
  'TOO MANY COLUMNS': 'too-many',
  'INVALID ENCODING': 'encoding',
  'INVALID UNICODE': 'encoding',
  'UNQUOTED VALUE': 'quote',
  'LINE SIZE OVER MAXIMUM': 'too-long',
  'MAXIMUM LINE SIZE': 'too-long',
}

async function rejectsOf(session: DuckSession): Promise<Reject[]> {
  const rows = await session.read(
    'SELECT line, error_type, csv_line FROM load_errors ORDER BY line, column_idx',
    'rejects',
  )
  const seen = new Set<number>()
  return rows.filter((row) => !seen.has(Number(row['line'])) && seen.add(Number(row['line']))).map(reject)
}

function reject(row: Row): Reject {
  return {
    line: Number(row['line']),
    kind: kinds[String(row['error_type'])] ?? 'other',
    text: String(row['csv_line'] ?? ''),
  }
}

/** Every value as text: binary as hexadecimal, nested values as JSON, all else as SQL casts it. */
function parquet(input: Extract<FileInput, { format: 'parquet' }>): string {
  const cells = input.columns.map(({ from, to, type }) => `${asText(quote(from), type)} AS ${quote(to)}`)
  const numbered = input.numbered ? [`row_number() OVER () AS ${quote(ROW)}`] : []
  return `SELECT ${[...numbered, ...cells].join(', ')} FROM read_parquet(${text(input.path)})`
}

function asText(column: string, type: string): string {
  if (type === 'BLOB') return `lower(hex(${column}))`
  const nested = /\]$|^(STRUCT|MAP|UNION)\(/.test(type)
  return nested ? `CAST(to_json(${column}) AS VARCHAR)` : `CAST(${column} AS VARCHAR)`
}
