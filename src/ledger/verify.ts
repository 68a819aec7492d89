import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { asFault, type Finding, type Watch } from '../core/index.ts'
import { type LedgerStatus, readCheckpoint, storedVerifierKey } from './log.ts'
import { levelsOf, tilePath, tilesOf, unbundle, width } from './tile.ts'
import { type Hash, leafHash, rootOf, sameHash } from './tree.ts'

export interface LedgerCheck extends LedgerStatus {
  readonly ok: boolean
  readonly problems: readonly Finding[]
}

/** Recomputes the whole ledger from its entries and compares every tile and the signed root. Only reads. Throws `ledger.none`. */
export async function verifyLedger(dataDir: string, watch: Watch = {}): Promise<LedgerCheck> {
  const folder = join(dataDir, 'ledger')
  const vkey = await storedVerifierKey(dataDir)
  const origin = vkey.split('+')[0]!
  const problems: Finding[] = []
  try {
    const checkpoint = await readCheckpoint(folder, vkey)
    if (checkpoint === undefined)
      return {
        origin,
        size: 0,
        root: '',
        vkey,
        ok: false,
        problems: [problem('checkpoint', '没有检查点', 'there is no checkpoint')],
      }
    const leaves = await recomputedLeaves(folder, checkpoint.size, problems, watch)
    if (leaves.length === checkpoint.size && !sameHash(rootOf(leaves), checkpoint.root))
      problems.push(
        problem('checkpoint', '由条目算出的根与检查点不符', 'the root computed from the entries is not the signed one'),
      )
    await compareTiles(folder, leaves, problems, watch)
    return {
      origin,
      size: checkpoint.size,
      root: Buffer.from(checkpoint.root).toString('base64'),
      vkey,
      ok: problems.length === 0,
      problems,
    }
  } catch (error) {
    const { words, code } = asFault(error)
    if (code === 'core.cancelled') throw error
    return { origin, size: 0, root: '', vkey, ok: false, problems: [problem('checkpoint', words.zh, words.en)] }
  }
}

function problem(file: string, zh: string, en: string): Finding {
  return { code: 'ledger.mismatch', severity: 'strong', place: { file }, words: { zh, en } }
}

async function recomputedLeaves(folder: string, size: number, problems: Finding[], watch: Watch): Promise<Hash[]> {
  const leaves: Hash[] = []
  const total = Math.ceil(size / width)
  for (let index = 0; index < total; index++) {
    watch.signal?.throwIfAborted()
    watch.progress?.({ stage: 'verify', done: index, total })
    const count = Math.min(width, size - index * width)
    const path = tilePath('entries', index, count)
    const bytes = await readFile(join(folder, path)).catch(() => undefined)
    const entries = bytes && unbundle(new Uint8Array(bytes))
    if (entries?.length !== count)
      problems.push(problem(path, '条目包缺失或损坏', 'the entry bundle is missing or damaged'))
    else leaves.push(...entries.map(leafHash))
  }
  return leaves
}

async function compareTiles(folder: string, leaves: readonly Hash[], problems: Finding[], watch: Watch): Promise<void> {
  const levels = levelsOf(leaves)
  for (const { level, index, count } of tilesOf(leaves.length)) {
    watch.signal?.throwIfAborted()
    const path = tilePath(level, index, count)
    const bytes = await readFile(join(folder, path)).catch(() => undefined)
    const expected = Buffer.concat(levels[level]!.slice(index * width, index * width + count))
    if (bytes === undefined) problems.push(problem(path, '哈希瓦片缺失', 'the tile is missing'))
    else if (!bytes.equals(expected))
      problems.push(problem(path, '哈希瓦片与条目不符', 'the tile does not follow from the entries'))
  }
}
