import { isAscii, isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Origin } from './contract.ts'
import { foreignContent, mostlyControls } from './foreign.ts'
import { legacyEncoding } from './legacy.ts'

export type Encoding = Origin['encoding']

/** What one pass over a file's bytes tells: its hash, its size, and the bytes that reveal the encoding. */
export interface Scan {
  readonly sha256: string
  readonly bytes: number
  readonly encoding: Encoding
  /** False where the bytes fit no encoding well. */
  readonly certain: boolean
  /** What the file is when it is no text at all. */
  readonly foreign?: string
  /** The first bytes, for recognising headers and delimiters. */
  readonly head: Uint8Array
}

const chunkSize = 1 << 20
const headSize = 1 << 18
/** Lines beyond ASCII and UTF-8 by which the encoding is judged. */
const linesKept = 1000

/** Reads the file once. Memory: some megabytes whatever the size. */
export async function scan(path: string, signal?: AbortSignal): Promise<Scan> {
  const file = await open(path, 'r')
  try {
    const hash = createHash('sha256')
    const evidence = new EncodingEvidence()
    const buffer = Buffer.allocUnsafe(chunkSize)
    let head: Uint8Array = new Uint8Array()
    let bytes = 0
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await file.read(buffer, 0, chunkSize)
      if (bytesRead === 0) break
      const chunk = buffer.subarray(0, bytesRead)
      if (bytes === 0) head = Uint8Array.from(chunk.subarray(0, headSize))
      hash.update(chunk)
      evidence.see(chunk)
      bytes += bytesRead
    }
    const verdict = evidence.verdict(head)
    const binary = /^(gb|win|big)/.test(verdict.encoding) && mostlyControls(head) ? 'binary' : undefined
    const foreign = foreignContent(head) ?? binary
    return { sha256: hash.digest('hex'), bytes, head, ...verdict, ...(foreign === undefined ? {} : { foreign }) }
  } finally {
    await file.close()
  }
}

/** Collects lines that are not ASCII, from anywhere in the file, and judges them line by line. */
class EncodingEvidence {
  #utf8 = 0
  #other = 0
  readonly #lines: Uint8Array[] = []
  see(chunk: Uint8Array): void {
    if (this.#utf8 + this.#other > 20_000 || isAscii(chunk)) return
    let start = chunk.indexOf(10) + 1
    for (let end = chunk.indexOf(10, start); end >= 0; end = chunk.indexOf(10, start)) {
      const line = chunk.subarray(start, end)
      if (!isAscii(line)) this.#judge(line, isUtf8(line))
      start = end + 1
    }
    if (this.#utf8 + this.#other === 0) this.#judge(chunk, isUtf8(trimPartial(chunk)))
  }

  #judge(line: Uint8Array, utf8: boolean): void {
    if (utf8) this.#utf8++
    else if (this.#other++ < linesKept) this.#lines.push(Uint8Array.from(line.subarray(0, 4096)))
  }

  /** A file is UTF-8 when at least half of its lines beyond ASCII are; a few bad lines in it become findings. */
  verdict(head: Uint8Array): { encoding: Encoding; certain: boolean } {
    const sure = (encoding: Encoding) => ({ encoding, certain: true })
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return sure('utf-8-bom')
    if (head[0] === 0xff && head[1] === 0xfe) return sure('utf-16le')
    if (head[0] === 0xfe && head[1] === 0xff) return sure('utf-16be')
    const wide = wideOrder(head)
    if (wide !== undefined) return sure(wide)
    return this.#utf8 >= this.#other ? sure('utf-8') : legacyEncoding(Buffer.concat(this.#lines))
  }
}

/** UTF-16 without a mark: Latin letters, digits and delimiters leave a zero in every other byte. */
function wideOrder(head: Uint8Array): Encoding | undefined {
  const n = Math.min(head.length, 4096)
  let even = 0
  let odd = 0
  for (let i = 0; i < n; i++) if (head[i] === 0) i % 2 === 0 ? even++ : odd++
  if (odd > n / 8 && even === 0) return 'utf-16le'
  if (even > n / 8 && odd === 0) return 'utf-16be'
  return undefined
}

/** Cuts an unfinished character at both ends of a chunk. */
function trimPartial(chunk: Uint8Array): Uint8Array {
  let from = 0
  while (from < 4 && from < chunk.length && (chunk[from]! & 0xc0) === 0x80) from++
  let to = chunk.length
  for (let back = 1; back <= 4 && back <= chunk.length; back++) {
    const byte = chunk[chunk.length - back]!
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      to = chunk.length - back
      break
    }
  }
  return chunk.subarray(from, Math.max(from, to))
}

/** A decoder of the encoding (WHATWG; GB18030 with its four-byte area). Bad bytes become U+FFFD. */
export function decoderOf(encoding: Encoding): InstanceType<typeof TextDecoder> {
  const label = encoding === 'utf-8-bom' || encoding === 'binary' ? 'utf-8' : encoding
  return new TextDecoder(label)
}
