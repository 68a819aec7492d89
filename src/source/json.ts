import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Transform } from 'node:stream'
import type { Finding } from '../core/index.ts'
import { ROW } from '../engine/index.ts'
import { decoderOf, type Scan } from './encoding.ts'
import { finding } from './findings.ts'
import { nameColumns } from './names.ts'
import type { Piece, ReadContext } from './piece.ts'
import { writeRecords } from './records.ts'

const largestDocument = 400 * 1024 * 1024
type Fields = ReadonlyMap<string, string>

/** Reads NDJSON line by line, twice: first for the names, then for the values. A bad line is a finding, the rest loads. */
export async function readNdjson(path: string, scan: Scan, context: ReadContext): Promise<Piece> {
  const names = new Set<string>()
  const findings: Finding[] = []
  for await (const { fields, line } of lines(path, scan, context)) {
    if (fields === undefined) findings.push(finding('source.bad-json', { ...context.place, line }))
    else for (const name of fields.keys()) names.add(name)
  }
  return piece([...names], findings, context, async function* (columns) {
    for await (const { fields, record } of lines(path, scan, context))
      if (fields) yield [String(record), ...columns.map((c) => fields.get(c) ?? '')]
  })
}

/** Reads a JSON document: an array of objects, or an object that holds exactly one such array. */
export async function readJson(path: string, scan: Scan, context: ReadContext): Promise<Piece | Finding> {
  if (scan.bytes > largestDocument) return finding('source.too-large', context.place)
  const text = decoderOf(scan.encoding)
    .decode(await readFile(path))
    .replace(/^\ufeff/, '')
  const rows = rowsOf(text)
  if (rows === undefined) {
    const first = text.trimStart().split('\n', 1)[0] ?? ''
    if (asFields(first) !== undefined) return readNdjson(path, scan, context)
    return finding('source.corrupt', context.place, { format: 'JSON', why: 'array of objects' })
  }
  const findings: Finding[] = []
  const names = new Set<string>()
  rows.forEach((row, i) => {
    if (row === undefined) findings.push(finding('source.bad-json', { ...context.place, row: i + 1 }))
    else for (const name of row.keys()) names.add(name)
  })
  return piece([...names], findings, context, function* (columns) {
    for (const [i, row] of rows.entries()) if (row) yield [String(i + 1), ...columns.map((c) => row.get(c) ?? '')]
  })
}

function piece(
  keys: readonly string[],
  findings: readonly Finding[],
  context: ReadContext,
  records: (keys: readonly string[]) => AsyncIterable<string[]> | Iterable<string[]>,
): Piece {
  const named = nameColumns(keys, context.place)
  return {
    origin: {},
    columns: named.columns,
    findings: [...named.findings, ...findings],
    async load(target) {
      const csv = join(context.scratch, 'records.csv')
      await writeRecords(csv, records(keys), context.watch.signal)
      const columns = [ROW, ...named.columns.map((c) => c.name)]
      const { rows } = await context.session.load(
        { format: 'csv', path: csv, encoding: 'utf-8', delimiter: ',', quote: '"', skip: 0, columns },
        target,
        context.watch,
      )
      return { rows, rowNumbers: 'column', findings: [] }
    },
  }
}

async function* lines(
  path: string,
  scan: Scan,
  { watch }: ReadContext,
): AsyncGenerator<{ fields: Fields | undefined; line: number; record: number }> {
  const decoder = decoderOf(scan.encoding)
  const decode = new Transform({
    readableObjectMode: false,
    transform: (chunk: Buffer, _encoding, done) => done(null, decoder.decode(chunk, { stream: true })),
    flush: (done) => done(null, decoder.decode()),
  })
  const reader = createInterface({ input: createReadStream(path).pipe(decode), crlfDelay: Number.POSITIVE_INFINITY })
  let line = 0
  let record = 0
  for await (const text of reader) {
    line++
    if (line % 1000 === 0) watch.signal?.throwIfAborted()
    if (text.trim() === '') continue
    record++
    yield { fields: asFields(text), line, record }
  }
}

/** Numbers keep their digits as written: `JSON.parse` would round an 18-digit ID number. */
const exactNumbers = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && context?.source !== undefined ? new Numeral(context.source) : value

class Numeral {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
  toJSON(): number {
    return Number(this.source)
  }
}

function asFields(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text, exactNumbers as (key: string, value: unknown) => unknown))
  } catch {
    return undefined
  }
}

function rowsOf(text: string): (Fields | undefined)[] | undefined {
  try {
    const document: unknown = JSON.parse(text, exactNumbers as (key: string, value: unknown) => unknown)
    const list = Array.isArray(document) ? document : onlyArray(document)
    return list?.map(fieldsOf)
  } catch {
    return undefined
  }
}

function onlyArray(document: unknown): unknown[] | undefined {
  if (document === null || typeof document !== 'object') return undefined
  const arrays = Object.values(document).filter(
    (v): v is unknown[] => Array.isArray(v) && v.length > 0 && typeof v[0] === 'object',
  )
  return arrays.length === 1 ? arrays[0] : undefined
}

function fieldsOf(value: unknown): Fields | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Numeral) return undefined
  return new Map(Object.entries(value).map(([key, v]) => [key, asText(v)]))
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Numeral) return value.source
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
