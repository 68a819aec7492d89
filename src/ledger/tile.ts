import { type Hash, nodeHash } from './tree.ts'

/** c2sp.org/tlog-tiles: 256 hashes a tile. */
export const width = 256

/** 1234067 → x001/x234/067; a partial tile ends in .p/W. */
export function tilePath(level: number | 'entries', index: number, count = width): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0')
  const groups = digits.match(/\d{3}/g)!
  const path = groups.map((g, i) => (i < groups.length - 1 ? `x${g}` : g)).join('/')
  return `tile/${level}/${path}${count < width ? `.p/${count}` : ''}`
}

/** Tiles that a tree of `size` leaves consists of: level, index and how many hashes each holds. Empty tiles are not served. */
export function* tilesOf(size: number, from = 0): Generator<{ level: number; index: number; count: number }> {
  let [before, hashes] = [from, size]
  for (let level = 0; hashes > 0; level++) {
    for (let index = Math.floor(before / width); index * width < hashes; index++)
      yield { level, index, count: Math.min(width, hashes - index * width) }
    ;[before, hashes] = [Math.floor(before / width), Math.floor(hashes / width)]
  }
}

/** Entry bundle: each entry with its length in two bytes, big-endian. */
export function bundle(entries: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(entries.flatMap((e) => [Uint8Array.of(e.length >> 8, e.length & 255), e])))
}
export function unbundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = (bytes[at]! << 8) | (bytes[at + 1] ?? 0)
    if (at + 2 + length > bytes.length) return undefined
    entries.push(bytes.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}

/** Hashes of each level that full tiles below make: levels[0] are leaves, levels[l + 1][i] is the root of tile i of level l. */
export function levelsOf(leaves: readonly Hash[]): Hash[][] {
  const levels: Hash[][] = [[...leaves]]
  for (let below = levels[0]!; below.length >= width; below = levels.at(-1)!) {
    const next: Hash[] = []
    for (let i = 0; i + width <= below.length; i += width) next.push(tileRoot(below.slice(i, i + width)))
    levels.push(next)
  }
  return levels
}
function tileRoot(hashes: readonly Hash[]): Hash {
  let layer = hashes
  while (layer.length > 1)
    layer = Array.from({ length: layer.length / 2 }, (_, i) => nodeHash(layer[2 * i]!, layer[2 * i + 1]!))
  return layer[0]!
}
