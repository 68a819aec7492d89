import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fault } from '../core/index.ts'
import {
  type Checkpoint,
  checkpointText,
  openNote,
  parseCheckpoint,
  parseVerifierKey,
  privateKeyOf,
  rawPublicKey,
  signNote,
  verifierKey,
} from './note.ts'
import { bundle, levelsOf, tilePath, tilesOf, unbundle, width } from './tile.ts'
import { consistencyProof, emptyRoot, type Hash, inclusionProof, leafHash, rootOf, sameHash } from './tree.ts'

export interface LedgerStatus {
  readonly origin: string
  readonly size: number
  /** Base64. */
  readonly root: string
  readonly vkey: string
}
/** What an accepted entry gets: where it stands and the signed checkpoint that covers it. */
export interface Receipt {
  readonly origin: string
  readonly index: number
  readonly size: number
  readonly root: string
  readonly leafHash: string
  readonly checkpoint: string
}

/** Longest entry, in bytes: the bundle format has two bytes for a length. */
export const longestEntry = 65_535

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/**
 * An append-only log on disk in tlog-tiles form. One writer per directory: the caller MUST hold the data directory.
 * Reading (`verifyLedger`) is allowed at any time beside the writer.
 */
export class Ledger {
  readonly #folder: string
  readonly #origin: string
  readonly #key: KeyObject
  readonly #leaves: Hash[]
  #last: Uint8Array[]
  #tail: Promise<unknown> = Promise.resolve()
  private constructor(folder: string, origin: string, key: KeyObject, leaves: Hash[], last: Uint8Array[]) {
    this.#folder = folder
    this.#origin = origin
    this.#key = key
    this.#leaves = leaves
    this.#last = last
  }

  /** Opens the log below `dataDir`, making key and folder at first use. Throws `ledger.damaged` when what lies there does not fit its checkpoint. */
  static async open(dataDir: string, origin: string): Promise<Ledger> {
    const folder = join(dataDir, 'ledger')
    const keys = await keyOf(dataDir, origin)
    await mkdir(folder, { recursive: true })
    const checkpoint = await readCheckpoint(folder, keys.vkey)
    const size = checkpoint?.size ?? 0
    const leaves = await readLeaves(folder, size)
    if (!sameHash(rootOf(leaves), checkpoint?.root ?? emptyRoot)) throw fault('ledger.damaged', { origin: keys.origin })
    const last = size % width === 0 ? [] : await readBundle(folder, Math.floor(size / width), size % width)
    const ledger = new Ledger(folder, keys.origin, keys.key, leaves, last)
    if (checkpoint === undefined) await ledger.#sign()
    return ledger
  }

  get vkey(): string {
    return verifierKey(this.#origin, rawPublicKey(this.#key))
  }
  status(): LedgerStatus {
    return { origin: this.#origin, size: this.#leaves.length, root: base64(rootOf(this.#leaves)), vkey: this.vkey }
  }
  /** Returns when a published checkpoint covers the entry and everything is on disk. Calls are carried out one after another. */
  append(entry: Uint8Array): Promise<Receipt> {
    return this.appendAll([entry]).then((receipts) => receipts[0]!)
  }
  /** All entries under one checkpoint. */
  appendAll(entries: readonly Uint8Array[]): Promise<Receipt[]> {
    const done = this.#tail.then(() => this.#appendNow(entries))
    this.#tail = done.catch(() => {})
    return done
  }
  prove(index: number): Uint8Array[] {
    if (index < 0 || index >= this.#leaves.length) throw fault('ledger.no-entry', { index })
    return inclusionProof(this.#leaves, index)
  }
  consistency(from: number): Uint8Array[] {
    return consistencyProof(this.#leaves, from)
  }
  /** Waits for what was promised. */
  async close(): Promise<void> {
    await this.#tail
  }

  async #appendNow(entries: readonly Uint8Array[]): Promise<Receipt[]> {
    const tooLong = entries.find((e) => e.length > longestEntry)
    if (tooLong) throw fault('ledger.entry-too-long', { bytes: tooLong.length, limit: longestEntry })
    const before = this.#leaves.length
    const last = await this.#writeBundles(before, entries)
    const hashes = entries.map(leafHash)
    this.#leaves.push(...hashes)
    try {
      await this.#writeTiles(before)
      await this.#sign()
    } catch (error) {
      this.#leaves.length = before
      throw error
    }
    this.#last = last
    const status = this.status()
    const checkpoint = await readFile(join(this.#folder, 'checkpoint'), 'utf8')
    return hashes.map((hash, i) => ({
      origin: status.origin,
      index: before + i,
      size: status.size,
      root: status.root,
      leafHash: base64(hash),
      checkpoint,
    }))
  }

  async #writeBundles(before: number, entries: readonly Uint8Array[]): Promise<Uint8Array[]> {
    let open = [...this.#last]
    let index = Math.floor(before / width)
    for (const entry of entries) {
      open.push(entry)
      if (open.length < width) continue
      await durable(join(this.#folder, tilePath('entries', index)), bundle(open))
      open = []
      index++
    }
    if (open.length > 0) await durable(join(this.#folder, tilePath('entries', index, open.length)), bundle(open))
    return open
  }

  async #writeTiles(before: number): Promise<void> {
    const levels = levelsOf(this.#leaves)
    for (const { level, index, count } of tilesOf(this.#leaves.length, before))
      await durable(
        join(this.#folder, tilePath(level, index, count)),
        new Uint8Array(Buffer.concat(levels[level]!.slice(index * width, index * width + count))),
      )
  }

  /** The checkpoint is the only file ever replaced, and the last one written. */
  async #sign(): Promise<void> {
    const checkpoint: Checkpoint = { origin: this.#origin, size: this.#leaves.length, root: rootOf(this.#leaves) }
    await durable(
      join(this.#folder, 'checkpoint'),
      Buffer.from(signNote(checkpointText(checkpoint), this.#origin, this.#key)),
    )
  }
}

/** Writes beside, flushes, renames, flushes the folder: after this the file is there whole, whatever happens to the machine. */
async function durable(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const part = `${path}.part`
  const file = await open(part, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

interface LedgerKey {
  readonly origin: string
  readonly key: KeyObject
  readonly vkey: string
}

/** The signing key (0600) and, beside it, the verifier key that names the origin for good. */
async function keyOf(dataDir: string, origin: string): Promise<LedgerKey> {
  const folder = join(dataDir, 'keys')
  const path = join(folder, 'ledger.key')
  const known = await readFile(path, 'utf8').catch(() => undefined)
  if (known !== undefined) {
    const vkey = (await readFile(join(folder, 'ledger.vkey'), 'utf8')).trim()
    return { origin: vkey.split('+')[0]!, key: privateKeyOf(known), vkey }
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const vkey = verifierKey(origin, rawPublicKey(privateKey))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, 'ledger.vkey'), `${vkey}\n`)
  await writeFile(path, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 })
  await chmod(path, 0o600)
  return { origin, key: privateKey, vkey }
}

/** The verifier key that stands beside a ledger. */
export async function storedVerifierKey(dataDir: string): Promise<string> {
  return (
    await readFile(join(dataDir, 'keys', 'ledger.vkey'), 'utf8').catch((cause: unknown) =>
      Promise.reject(fault('ledger.none', { path: dataDir }, { cause })),
    )
  ).trim()
}

/** The published checkpoint; undefined when there is none. Throws `ledger.bad-checkpoint` when the signature does not hold. */
export async function readCheckpoint(folder: string, vkey: string): Promise<Checkpoint | undefined> {
  const note = await readFile(join(folder, 'checkpoint'), 'utf8').catch(() => undefined)
  if (note === undefined) return undefined
  const verifier = parseVerifierKey(vkey)
  const text = verifier && openNote(note, verifier)
  const checkpoint = text === undefined ? undefined : parseCheckpoint(text)
  if (checkpoint === undefined || checkpoint.origin !== verifier!.name)
    throw fault('ledger.bad-checkpoint', { origin: verifier?.name ?? '?' })
  return checkpoint
}

/** What the signed checkpoint says, without reading the log below it. Throws `ledger.none`, `ledger.bad-checkpoint`. */
export async function ledgerHead(dataDir: string): Promise<LedgerStatus> {
  const vkey = await storedVerifierKey(dataDir)
  const checkpoint = await readCheckpoint(join(dataDir, 'ledger'), vkey)
  if (checkpoint === undefined) throw fault('ledger.none', { path: dataDir })
  return { origin: checkpoint.origin, size: checkpoint.size, root: base64(checkpoint.root), vkey }
}

async function readBundle(folder: string, index: number, count: number): Promise<Uint8Array[]> {
  const bytes = await readFile(join(folder, tilePath('entries', index, count)))
  const entries = unbundle(new Uint8Array(bytes))
  if (entries === undefined || entries.length !== count)
    throw fault('ledger.damaged', { origin: tilePath('entries', index, count) })
  return entries
}

/** Leaf hashes of the published size, from level 0. */
async function readLeaves(folder: string, size: number): Promise<Hash[]> {
  const leaves: Hash[] = []
  for (let index = 0; index * width < size; index++) {
    const count = Math.min(width, size - index * width)
    const bytes = await readFile(join(folder, tilePath(0, index, count))).catch((cause: unknown) =>
      Promise.reject(fault('ledger.damaged', { origin: tilePath(0, index, count) }, { cause })),
    )
    for (let i = 0; i < count; i++) leaves.push(new Uint8Array(bytes.subarray(i * 32, i * 32 + 32)))
  }
  return leaves
}
