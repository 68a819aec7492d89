import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { once } from 'node:events'
import { csvField, type Finding, type Place } from '../core/index.ts'
import { ROW } from '../engine/index.ts'
import { decoderOf, type Encoding } from './encoding.ts'
import { finding } from './findings.ts'

export interface CleanRequest {
  readonly path: string
  readonly encoding: Encoding
  readonly delimiter: string
  readonly skipLines: number
  readonly width: number
  /** Records with fewer fields are filled up with blanks instead of refused. */
  readonly padShort: boolean
  readonly target: string
  readonly place: Place
  /** Findings kept in full; the rest is counted in the last one's words by the caller. */
  readonly signal?: AbortSignal
}
export interface CleanResult {
  readonly records: number
  readonly refused: number
  readonly findings: readonly Finding[]
}

/** Longest record, in characters. An unclosed quote gives up there at the latest. */
export const longestRecord = 8 * 1024 * 1024
const findingsKept = 10_000

/**
 * The exact road for text files that the engine's fast reader would not read as a person does: decodes any encoding, folds all
 * newlines, and writes a CSV with the record's own number in front. A record that cannot be read becomes a finding with
 * its physical line; an unclosed quote costs its own line only.
 */
export async function cleanCsv(request: CleanRequest): Promise<CleanResult> {
  const cleaner = new Cleaner(request)
  const out = createWriteStream(request.target)
  const file = await open(request.path, 'r')
  try {
    const decoder = decoderOf(request.encoding)
    const signs = new ReplacementSigns(request.encoding)
    const buffer = Buffer.allocUnsafe(1 << 20)
    for (;;) {
      request.signal?.throwIfAborted()
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      const bytes = signs.hide(buffer.subarray(0, bytesRead))
      const text = bytesRead === 0 ? decoder.decode(bytes) : decoder.decode(bytes, { stream: true })
      const lines = cleaner.feed(text, bytesRead === 0)
      if (lines !== '' && !out.write(lines)) await once(out, 'drain')
      if (bytesRead === 0) break
    }
  } finally {
    await file.close()
    out.end()
    await once(out, 'close')
  }
  return cleaner.result()
}

class Cleaner {
  readonly #request: CleanRequest
  readonly #findings: Finding[] = []
  #rest = ''
  #line = 0
  #record = 0
  #kept = 0
  #refused = 0
  constructor(request: CleanRequest) {
    this.#request = request
  }

  result(): CleanResult {
    return { records: this.#kept, refused: this.#refused, findings: this.#findings }
  }

  /** Takes decoded text, gives finished records. */
  feed(text: string, last: boolean): string {
    let data = this.#rest + text
    // a carriage return at the very end may be half of a CR LF
    const held = !last && data.endsWith('\r') ? '\r' : ''
    if (held) data = data.slice(0, -1)
    data = data.includes('\r') ? data.replace(/\r\n?/g, '\n') : data
    let at = 0
    const out: string[] = []
    while (at < data.length) {
      const end = this.#recordEnd(data, at, last)
      if (end === undefined) break
      const record = data.slice(at, end.at)
      at = end.at + 1
      const written = this.#take(record, end.unclosed)
      if (written !== undefined) out.push(written)
    }
    this.#rest = data.slice(at) + held
    return out.join('')
  }

  /** Where the record that starts at `at` ends; undefined while more text is needed. */
  #recordEnd(data: string, at: number, last: boolean): { at: number; unclosed: boolean } | undefined {
    const newline = data.indexOf('\n', at)
    const lineEnd = newline < 0 ? (last ? data.length : undefined) : newline
    if (this.#line < this.#request.skipLines)
      return lineEnd === undefined ? undefined : { at: lineEnd, unclosed: false }
    const quote = data.indexOf('"', at)
    if (lineEnd !== undefined && (quote < 0 || quote > lineEnd)) return { at: lineEnd, unclosed: false }
    if (lineEnd === undefined && quote < 0)
      return data.length - at > longestRecord ? { at: data.length, unclosed: false } : undefined
    return this.#quotedEnd(data, at, last)
  }

  /** Follows quotes over newlines. A quote that never closes gives back the first line alone. */
  #quotedEnd(data: string, at: number, last: boolean): { at: number; unclosed: boolean } | undefined {
    const { delimiter } = this.#request
    let quoted = false
    let fieldStart = true
    for (let i = at; i < data.length; i++) {
      const c = data[i]!
      if (quoted) {
        if (c === '"') data[i + 1] === '"' ? i++ : (quoted = false)
      } else if (c === '"' && fieldStart) quoted = true
      else if (c === '\n') return { at: i, unclosed: false }
      fieldStart = !quoted && c === delimiter
      if (i - at > longestRecord) return { at: firstLine(data, at), unclosed: true }
    }
    if (!last) return undefined
    return quoted ? { at: firstLine(data, at), unclosed: true } : { at: data.length, unclosed: false }
  }

  #take(record: string, unclosed: boolean): string | undefined {
    const line = this.#line + 1
    this.#line += 1 + newlines(record)
    if (line <= this.#request.skipLines) return undefined
    if (record === '' && this.#request.width > 1) return undefined
    this.#record++
    const trouble = unclosed
      ? 'source.unclosed-quote'
      : record.length > longestRecord
        ? 'source.record-too-long'
        : this.#badBytes(record)
          ? 'source.bad-encoding'
          : undefined
    if (trouble !== undefined)
      return this.#refuse(trouble, line, { encoding: this.#request.encoding, limit: longestRecord })
    return this.#fields(record, line)
  }

  #badBytes(record: string): boolean {
    return record.includes('\ufffd')
  }

  #fields(record: string, line: number): string | undefined {
    const { width, delimiter, padShort } = this.#request
    if (!record.includes('"') && delimiter === ',') {
      const found = countOf(record, ',') + 1
      if (found === width) return this.#keep(record)
    }
    const fields = splitRecord(record, delimiter)
    if (fields === undefined) return this.#refuse('source.stray-quote', line)
    if (fields.length < width && !padShort)
      return this.#refuse('source.too-few-fields', line, { found: fields.length, expected: width })
    if (fields.length > width)
      return this.#refuse('source.too-many-fields', line, { found: fields.length, expected: width })
    while (fields.length < width) fields.push('')
    return this.#keep(fields.map(csvField).join(','))
  }

  #keep(csv: string): string {
    this.#kept++
    return `${this.#record},${csv.includes(stored) ? csv.replaceAll(stored, '\ufffd') : csv}\n`
  }

  #refuse(code: Parameters<typeof finding>[0], line: number, particulars = {}): undefined {
    this.#refused++
    if (this.#findings.length < findingsKept)
      this.#findings.push(finding(code, { ...this.#request.place, line, row: this.#record }, particulars))
    return undefined
  }
}

/** The header of the file that {@link cleanCsv} writes has the record's number first. */
export const cleanColumns = (columns: readonly string[]): string[] => [ROW, ...columns]

function firstLine(data: string, at: number): number {
  const end = data.indexOf('\n', at)
  return end < 0 ? data.length : end
}

function newlines(text: string): number {
  return countOf(text, '\n')
}

function countOf(text: string, c: string): number {
  let count = 0
  for (let i = text.indexOf(c); i >= 0; i = text.indexOf(c, i + 1)) count++
  return count
}

/** Fields of one record (RFC 4180); undefined when characters follow a closing quote. */
export function splitRecord(record: string, delimiter: string): string[] | undefined {
  if (!record.includes('"')) return record.split(delimiter)
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (record[at] === '"') {
      const [value, next] = quotedField(record, at)
      if (next < record.length && record[next] !== delimiter) return undefined
      fields.push(value)
      if (next >= record.length) return fields
      at = next + 1
    } else {
      const end = record.indexOf(delimiter, at)
      fields.push(end < 0 ? record.slice(at) : record.slice(at, end))
      if (end < 0) return fields
      at = end + 1
    }
  }
}

function quotedField(record: string, at: number): [value: string, next: number] {
  let value = ''
  let i = at + 1
  for (;;) {
    const end = record.indexOf('"', i)
    if (end < 0) return [value + record.slice(i), record.length]
    value += record.slice(i, end)
    if (record[end + 1] !== '"') return [value, end + 1]
    value += '"'
    i = end + 2
  }
}

/** Stands for a U+FFFD that is stored in the file, so that it is not taken for a decoding error. A noncharacter of the same length. */
const stored = '\ufdd0'

/** Hides stored U+FFFD (EF BF BD) of UTF-8 files from the decoder, also across chunks. */
class ReplacementSigns {
  readonly #applies: boolean
  #carry: Uint8Array = new Uint8Array()
  constructor(encoding: Encoding) {
    this.#applies = encoding === 'utf-8' || encoding === 'utf-8-bom'
  }
  hide(chunk: Buffer): Uint8Array {
    if (!this.#applies) return chunk
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk])
    for (let i = bytes.indexOf(sign); i >= 0; i = bytes.indexOf(sign, i + 3)) hidden.copy(bytes, i)
    const kept =
      chunk.length === 0 ? 0 : bytes.at(-1) === 0xef ? 1 : bytes.at(-2) === 0xef && bytes.at(-1) === 0xbf ? 2 : 0
    this.#carry = Uint8Array.from(bytes.subarray(bytes.length - kept))
    return bytes.subarray(0, bytes.length - kept)
  }
}
const sign = Buffer.from('\ufffd')
const hidden = Buffer.from(stored)
