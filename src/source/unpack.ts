import { isUtf8 } from 'node:buffer'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import yauzl from 'yauzl'
import type { Finding, Place } from '../core/index.ts'
import { finding } from './findings.ts'

/** Limits of unpacking: what goes beyond is refused as a whole, before it can fill a disk. */
export interface UnpackLimits {
  /** Bytes one archive may unpack to. */
  readonly bytes: number
  /** Unpacked size over packed size, checked beyond the first 10 MiB. */
  readonly ratio: number
  readonly entries: number
}
export const unpackLimits: UnpackLimits = { bytes: 64 * 2 ** 30, ratio: 200, entries: 10_000 }

/** What one archive may still unpack to, all its members together. */
export class Budget {
  #left: number
  constructor(packed: number, limits: UnpackLimits) {
    this.#left = Math.min(limits.bytes, Math.max(10 * 2 ** 20, packed * limits.ratio))
  }
  /** Passes bytes on and fails with {@link TooMuch} when nothing is left. */
  meter(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#left -= chunk.length
        done(this.#left < 0 ? new TooMuch() : null, chunk)
      },
    })
  }
}
export class TooMuch extends Error {}

/** Unpacks one gzip file; undefined with a finding when it is damaged or unpacks beyond the limits. */
export async function gunzip(
  path: string,
  packed: number,
  target: string,
  place: Place,
  signal?: AbortSignal,
  limits = unpackLimits,
): Promise<Finding | undefined> {
  try {
    await pipeline(
      createReadStream(path),
      createGunzip(),
      new Budget(packed, limits).meter(),
      createWriteStream(target),
      ...(signal ? [{ signal }] : []),
    )
    return undefined
  } catch (error) {
    return unpackFinding(error, place, 'gzip')
  }
}

export interface Member {
  readonly name: string
  readonly path: string
}

/** Unpacks the members of a zip whose names `wanted` accepts into `folder` as 0, 1, 2…, and says what was refused. */
export async function unzip(
  path: string,
  packed: number,
  folder: string,
  wanted: (name: string) => boolean,
  place: Place,
  signal?: AbortSignal,
  limits = unpackLimits,
): Promise<{ members: Member[]; findings: Finding[] }> {
  const members: Member[] = []
  const findings: Finding[] = []
  try {
    const zip = await openZip(path)
    const budget = new Budget(packed, limits)
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted()
      const name = entryName(entry)
      const refused = name.endsWith('/') ? undefined : refusal(entry, name, members.length, limits)
      if (refused) findings.push(finding(refused, { ...place, sheet: name }))
      else if (!name.endsWith('/') && wanted(name)) {
        const member = join(folder, String(members.length))
        const source = await zip.openReadStreamPromise(entry)
        await pipeline(source, budget.meter(), createWriteStream(member), ...(signal ? [{ signal }] : []))
        members.push({ name, path: member })
      }
    }
  } catch (error) {
    findings.push(unpackFinding(error, place, 'zip'))
  }
  return { members, findings }
}

function refusal(
  entry: yauzl.Entry,
  name: string,
  taken: number,
  limits: UnpackLimits,
): 'source.zip-path' | 'source.encrypted' | 'source.zip-bomb' | 'source.nested-archive' | undefined {
  if (yauzl.validateFileName(name) !== null) return 'source.zip-path'
  if (entry.isEncrypted()) return 'source.encrypted'
  if (taken >= limits.entries || entry.uncompressedSize > limits.bytes) return 'source.zip-bomb'
  return /\.(zip|gz|7z|rar|tar)$/i.test(name) ? 'source.nested-archive' : undefined
}

/** Opens a zip for reading. Names are checked by us, so that one bad name does not cost the whole archive. */
export function openZip(path: string): Promise<yauzl.ZipFile> {
  return yauzl.openPromise(path, { autoClose: true, decodeStrings: false, validateEntrySizes: true })
}

/** A member's name: UTF-8 where marked or valid, else GB18030, which is what Chinese Windows writes. */
export function entryName(entry: yauzl.Entry): string {
  const raw = (entry as { fileNameRaw?: Buffer }).fileNameRaw ?? (entry.fileName as unknown as Buffer)
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(String(raw))
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'gb18030').decode(bytes).replaceAll('\\', '/')
}

export function unpackFinding(error: unknown, place: Place, format: string): Finding {
  if (error instanceof TooMuch) return finding('source.zip-bomb', place)
  if (error instanceof Error && error.name === 'AbortError') throw error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') throw error
  return finding('source.corrupt', place, { format, why: error instanceof Error ? error.message : String(error) })
}
