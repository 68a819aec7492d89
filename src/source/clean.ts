import { open } from 'node:fs/promises'
import { csvField, type Finding, type Place } from '../core/index.ts'
import { decoderOf, type Encoding } from './encoding.ts'
import { finding } from './findings.ts'
import { bare, foldNewlines, longestRecord, readRecord, type TextRecord, unfoldNewlines } from './record.ts'
import { writeText } from './records.ts'

export interface CleanRequest {
  readonly path: string
  readonly encoding: Encoding
  readonly delimiter: string
  readonly quote: string
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

const findingsKept = 10_000

/**
 * The exact road for text files that the engine's fast reader would not read as a person does: decodes any encoding, folds all
 * newlines, and writes a CSV with the record's own number in front. A record that cannot be read becomes a finding with
 * its physical line; an unclosed quote costs its own line only.
 */
export async function cleanCsv(request: CleanRequest): Promise<CleanResult> {
  const cleaner = new Cleaner(request)
  await writeText(request.target, cleaned(request, cleaner), request.signal)
  return cleaner.result()
}

async function* cleaned(request: CleanRequest, cleaner: Cleaner): AsyncGenerator<string> {
  const file = await open(request.path, 'r')
  try {
    const decoder = decoderOf(request.encoding)
    const signs = new ReplacementSigns(request.encoding)
    const buffer = Buffer.allocUnsafe(1 << 18)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      const bytes = signs.hide(buffer.subarray(0, bytesRead))
      const text = bytesRead === 0 ? decoder.decode(bytes) : decoder.decode(bytes, { stream: true })
      yield cleaner.feed(text, bytesRead === 0)
      if (bytesRead === 0) return
    }
  } finally {
    await file.close()
  }
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
    data = foldNewlines(data)
    let at = 0
    const out: string[] = []
    while (at < data.length) {
      const record = this.#next(data, at, last)
      if (record === undefined) break
      const written = this.#take(bare(data.slice(at, record.end)), record)
      at = record.end + 1
      if (written !== undefined) out.push(written)
    }
    this.#rest = data.slice(at) + held
    return out.join('')
  }

  /** Lines above the first record are taken as they stand: a quote in a title opens nothing. */
  #next(data: string, at: number, last: boolean): TextRecord | undefined {
    if (this.#line >= this.#request.skipLines) return readRecord(data, at, last, this.#request)
    const newline = data.indexOf('\n', at)
    if (newline < 0 && !last) return undefined
    return { end: newline < 0 ? data.length : newline, fields: [] }
  }

  #take(raw: string, record: TextRecord): string | undefined {
    const line = this.#line + 1
    this.#line += 1 + countOf(raw, '\n')
    if (line <= this.#request.skipLines) return undefined
    if (raw === '' && this.#request.width > 1) return undefined
    this.#record++
    const trouble =
      'trouble' in record
        ? record.trouble
        : raw.length > longestRecord
          ? 'source.record-too-long'
          : raw.includes('\ufffd')
            ? 'source.bad-encoding'
            : undefined
    if (trouble !== undefined || !('fields' in record))
      return this.#refuse(trouble!, line, { encoding: this.#request.encoding, limit: longestRecord })
    return this.#fields(raw, record.fields, line)
  }

  /** Blank fields beyond the width hold nothing and are dropped, as a trailing delimiter leaves them. */
  #fields(raw: string, found: readonly string[], line: number): string | undefined {
    const { width, delimiter, padShort } = this.#request
    if (found.length === width && delimiter === ',' && !raw.includes('"')) return this.#keep(raw)
    const particulars = { found: found.length, expected: width }
    if (found.length < width && !padShort) return this.#refuse('source.too-few-fields', line, particulars)
    if (found.slice(width).some((f) => f.trim() !== ''))
      return this.#refuse('source.too-many-fields', line, particulars)
    const fields = found.slice(0, width)
    while (fields.length < width) fields.push('')
    return this.#keep(fields.map(csvField).join(','))
  }

  #keep(csv: string): string {
    this.#kept++
    const whole = csv.includes('\n') ? unfoldNewlines(csv) : csv
    return `${this.#record},${whole.includes(stored) ? whole.replaceAll(stored, '\ufffd') : whole}\n`
  }

  #refuse(code: Parameters<typeof finding>[0], line: number, particulars = {}): undefined {
    this.#refused++
    if (this.#findings.length < findingsKept)
      this.#findings.push(finding(code, { ...this.#request.place, line, row: this.#record }, particulars))
    return undefined
  }
}

function countOf(text: string, c: string): number {
  let count = 0
  for (let i = text.indexOf(c); i >= 0; i = text.indexOf(c, i + 1)) count++
  return count
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
