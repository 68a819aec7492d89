import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Transform } from 'node:stream'
import type { Finding } from '../core/index.ts'
import { elementsOf } from './elements.ts'
import { decoderOf, type Scan } from './encoding.ts'
import { finding } from './findings.ts'
import { nameColumns } from './names.ts'
import type { Piece, ReadContext } from './piece.ts'
import { loadThroughCsv } from './records.ts'

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

/** Reads a JSON document: an array of objects, an object that holds exactly one such array, or one object. */
export async function readJson(path: string, scan: Scan, context: ReadContext): Promise<Piece | Finding> {
  if (scan.bytes > largestDocument) return finding('source.too-large', context.place)
  const text = decoderOf(scan.encoding)
    .decode(await readFile(path, context.watch.signal ? { signal: context.watch.signal } : {}))
    .replace(/^\ufeff/, '')
  const rows = (await listed(text, context)) ?? whole(text)
  if (rows === undefined) {
    const first = text.trimStart().split('\n', 1)[0] ?? ''
    if (asFields(first) !== undefined) return readNdjson(path, scan, context)
    return finding('source.corrupt', context.place, { format: 'JSON', why: 'syntax' })
  }
  if (!rows.some((row) => row !== undefined && row.size > 0))
    return rows.length === 0
      ? finding('source.empty-file', context.place)
      : finding('source.corrupt', context.place, { format: 'JSON', why: 'array of objects' })
  const findings: Finding[] = []
  const names = new Set<string>()
  for (const [i, row] of rows.entries()) {
    if (i % 50_000 === 0) await turn(context)
    if (row === undefined) findings.push(finding('source.bad-json', { ...context.place, row: i + 1 }))
    else for (const name of row.keys()) names.add(name)
  }
  return piece([...names], findings, context, function* (columns) {
    for (const [i, row] of rows.entries()) if (row) yield [String(i + 1), ...columns.map((c) => row.get(c) ?? '')]
  })
}

/** Characters read before others get a turn. */
const breath = 1 << 20

/** Lets events in, a cancellation among them. */
async function turn({ watch }: ReadContext): Promise<void> {
  await new Promise((go) => setImmediate(go))
  watch.signal?.throwIfAborted()
}

/** The records of an array of objects, element by element; undefined where the document must be read as a whole. */
async function listed(text: string, context: ReadContext): Promise<(Fields | undefined)[] | undefined> {
  const rows: (Fields | undefined)[] = []
  const elements = elementsOf(text)
  let read = 0
  for (let step = elements.next(); ; step = elements.next()) {
    if (step.done) return step.value ? rows : undefined
    const value = parsed(step.value)
    if (value === undefined || (rows.length === 0 && Array.isArray(value))) return undefined
    rows.push(fieldsOf(value))
    read += step.value.length
    if (read < breath) continue
    read = 0
    await turn(context)
  }
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
      const columns = named.columns.map((c) => c.name)
      return loadThroughCsv(records(keys), columns, target, context.place, context)
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

/** NaN and Infinity are no JSON, but statistical programs write them: they are kept as text. */
function parsed(text: string): unknown {
  const reviver = exactNumbers as (key: string, value: unknown) => unknown
  try {
    return JSON.parse(text, reviver)
  } catch {
    try {
      const quoted = text.replace(/"(?:[^"\\]|\\.)*"|\bNaN\b|-?\bInfinity\b/g, (part) =>
        part.startsWith('"') ? part : `"${part}"`,
      )
      return quoted === text ? undefined : JSON.parse(quoted, reviver)
    } catch {
      return undefined
    }
  }
}

type Thing = Readonly<Record<string, unknown>>
const isThing = (value: unknown): value is Thing =>
  value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Numeral)

function whole(text: string): (Fields | undefined)[] | undefined {
  const document = parsed(text)
  if (document === undefined) return undefined
  if (Array.isArray(document)) return (headed(document) ?? document.map(fieldsOf)) as (Fields | undefined)[]
  if (!isThing(document)) return [undefined]
  const rows = onlyRows(document)
  if (rows === undefined) return [fieldsOf(document)]
  const names = Array.isArray(rows[0]) ? namesBeside(document, rows[0].length) : undefined
  return names === undefined ? rows.map(fieldsOf) : tabled(names, rows as unknown[][])
}

/** An array of arrays whose first one names the columns of the others, as statistical interfaces answer. */
function headed(list: readonly unknown[]): Fields[] | undefined {
  const [header, ...rows] = list
  if (!Array.isArray(header) || !header.every((h) => typeof h === 'string') || !rows.every(Array.isArray))
    return undefined
  return tabled(header, rows as unknown[][])
}

function tabled(header: readonly string[], rows: readonly (readonly unknown[])[]): Fields[] {
  const names = nameColumns(header, {}).columns.map((c) => c.name)
  return rows.map((row) => new Map(names.map((name, i) => [name, asText(row[i])])))
}

/** Portals answer with rows as arrays and describe the columns beside them: CKAN's `fields`, Socrata's `meta.view.columns`. */
function namesBeside(document: Thing, width: number): string[] | undefined {
  const meta = document['meta']
  const view = isThing(meta) ? meta['view'] : undefined
  const lists = [document['fields'], document['columns'], isThing(view) ? view['columns'] : undefined]
  const list = lists.find((l): l is unknown[] => Array.isArray(l) && l.length === width)
  return list?.map((c) => (isThing(c) ? String(c['name'] ?? c['id'] ?? '') : String(c)))
}

/** The one array of records in an object, its description of columns aside. */
function onlyRows(document: Thing): unknown[] | undefined {
  const lists = Object.entries(document).filter(
    ([name, v]) =>
      Array.isArray(v) && (isThing(v[0]) || Array.isArray(v[0])) && name !== 'fields' && name !== 'columns',
  )
  return lists.length === 1 ? (lists[0]![1] as unknown[]) : undefined
}

/** A GeoJSON feature (RFC 7946) gives its properties as fields, with the geometry beside them. */
function fieldsOf(value: unknown): Fields | undefined {
  if (!isThing(value)) return undefined
  const { type, properties, ...rest } = value
  const own = type === 'Feature' && isThing(properties) ? { ...properties, ...rest } : value
  return new Map(Object.entries(own).map(([key, v]) => [key, asText(v)]))
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Numeral) return value.source
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
