import { join } from 'node:path'
import { Fault, type Finding, type Place } from '../core/index.ts'
import type { FileInput } from '../engine/index.ts'
import { cleanCsv } from './clean.ts'
import { type CsvDialect, detectDialect } from './dialect.ts'
import { decoderOf, type Scan } from './encoding.ts'
import { finding } from './findings.ts'
import { nameColumns } from './names.ts'
import type { Piece, ReadContext } from './piece.ts'
import { loadRecords } from './records.ts'

/** Reads a delimited text file as one piece. */
export async function readCsv(path: string, scan: Scan, context: ReadContext): Promise<Piece | Finding> {
  const { place } = context
  const whole = scan.bytes <= scan.head.length
  const sample = decoderOf(scan.encoding).decode(scan.head, { stream: !whole })
  const named = /\.tsv(\.gz)?$/i.test(context.name) ? '\t' : undefined
  const dialect = detectDialect(sample, whole, named)
  if (whole && dialect.blank) return finding('source.empty-file', place)
  const headers = dialect.header ?? Array.from({ length: dialect.width }, () => '')
  const width = Math.max(dialect.width, headers.length)
  const named_ = nameColumns(pad(headers, width, dialect), place)
  const findings = dialectFindings(dialect, place, dialect.header === undefined ? [] : named_.findings)
  if (!scan.certain) findings.push(finding('source.doubtful-encoding', place, { encoding: scan.encoding }))
  return {
    origin: {
      encoding: scan.encoding,
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      headerLine: dialect.header ? dialect.skipLines : 0,
    },
    columns: named_.columns,
    findings,
    load: async (target) =>
      loadCsv(
        path,
        scan,
        dialect,
        width,
        named_.columns.map((c) => c.name),
        target,
        context,
      ),
  }
}

/** A trailing delimiter in every record makes one field more than the header has: it gets a blank name. */
function pad(headers: readonly string[], width: number, dialect: CsvDialect): string[] {
  return Array.from({ length: width }, (_, i) => (dialect.header === undefined ? `列${i + 1}` : (headers[i] ?? '')))
}

function dialectFindings(dialect: CsvDialect, place: Place, naming: readonly Finding[]): Finding[] {
  const findings = [...naming]
  if (dialect.header === undefined) findings.push(finding('source.no-header', place))
  if (dialect.titleRecords > 0) findings.push(finding('source.title-lines', place, { lines: dialect.titleRecords }))
  if (dialect.header !== undefined && dialect.width < dialect.header.length)
    findings.push(finding('source.short-records', place, { found: dialect.width, expected: dialect.header.length }))
  return findings
}

/** Fast road first: the engine reads the file itself. Whatever it would not take makes the exact road read the file again. */
async function loadCsv(
  path: string,
  scan: Scan,
  dialect: CsvDialect,
  width: number,
  columns: readonly string[],
  target: string,
  context: ReadContext,
) {
  const { session, watch } = context
  const short = dialect.width < width
  // the engine loses records where blanks separate fields and quotes stand among them
  const plain = dialect.delimiter !== ' ' && !columns.some((c) => c.toLowerCase() === 'file_row_number')
  const direct = scan.encoding === 'utf-8' && !short && plain && dialect.plainSkip
  if (direct) {
    const input: FileInput = {
      format: 'csv',
      path,
      encoding: 'utf-8',
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      skip: dialect.skipLines,
      columns,
    }
    try {
      const { rows, rejects } = await session.load(input, target, watch)
      if (rejects.length === 0) return { rows, rowNumbers: 'position' as const, findings: [] }
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'engine.failed') throw error
    }
  }
  return exactly(path, scan, dialect, width, columns, target, context, short)
}

async function exactly(
  path: string,
  scan: Scan,
  dialect: CsvDialect,
  width: number,
  columns: readonly string[],
  target: string,
  context: ReadContext,
  padShort: boolean,
) {
  const { watch, place } = context
  const clean = join(context.scratch, 'clean.csv')
  const { records, findings } = await cleanCsv({
    path,
    encoding: scan.encoding,
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    skipLines: dialect.skipLines,
    width,
    padShort,
    target: clean,
    place,
    ...(watch.signal ? { signal: watch.signal } : {}),
  })
  return { ...(await loadRecords(clean, records, columns, target, context)), findings }
}
