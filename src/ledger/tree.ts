import { hash as oneShot } from 'node:crypto'

/** RFC 6962 §2.1 over SHA-256. Every hash is exactly 32 bytes. Sizes and indices are bigint: they go to 2^64 − 1. */
export type Hash = Uint8Array

const sha256 = (data: Uint8Array): Hash => new Uint8Array(oneShot('sha256', data, 'buffer'))
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

export const emptyRoot: Hash = sha256(new Uint8Array())
export const leafHash = (entry: Uint8Array): Hash => sha256(join(Uint8Array.of(0), entry))
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(join(Uint8Array.of(1), left, right))
export const sameHash = (a: Hash, b: Hash): boolean => a.length === 32 && b.length === 32 && Buffer.compare(a, b) === 0

/** Root of the leaves [from, to). */
export function rootOf(leaves: readonly Hash[], from = 0, to = leaves.length): Hash {
  const n = to - from
  if (n === 0) return emptyRoot
  if (n === 1) return leaves[from]!
  const k = largestPowerBelow(n)
  return nodeHash(rootOf(leaves, from, from + k), rootOf(leaves, from + k, to))
}

function largestPowerBelow(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** Audit path of a leaf, RFC 6962 §2.1.1. */
export function inclusionProof(leaves: readonly Hash[], index: number, from = 0, to = leaves.length): Hash[] {
  const n = to - from
  if (n <= 1) return []
  const k = largestPowerBelow(n)
  return index < k
    ? [...inclusionProof(leaves, index, from, from + k), rootOf(leaves, from + k, to)]
    : [...inclusionProof(leaves, index - k, from + k, to), rootOf(leaves, from, from + k)]
}

/** Consistency proof from the first `size` leaves to all of them, RFC 6962 §2.1.2. */
export function consistencyProof(
  leaves: readonly Hash[],
  size: number,
  from = 0,
  to = leaves.length,
  whole = true,
): Hash[] {
  const n = to - from
  if (size === n) return whole ? [] : [rootOf(leaves, from, to)]
  const k = largestPowerBelow(n)
  return size <= k
    ? [...consistencyProof(leaves, size, from, from + k, whole), rootOf(leaves, from + k, to)]
    : [...consistencyProof(leaves, size - k, from + k, to, false), rootOf(leaves, from, from + k)]
}

/** RFC 9162 §2.1.3.2. Size 0 is refused: a witness handles it above. */
export function verifyInclusion(index: bigint, size: bigint, leaf: Hash, proof: readonly Hash[], root: Hash): boolean {
  if (index < 0n || index >= size || leaf.length !== 32 || proof.some((p) => p.length !== 32)) return false
  let [fn, sn] = [index, size - 1n]
  let r = leaf
  for (const p of proof) {
    if (sn === 0n) return false
    if (fn % 2n === 1n || fn === sn) {
      r = nodeHash(p, r)
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else r = nodeHash(r, p)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  return sn === 0n && sameHash(r, root)
}

/** RFC 9162 §2.1.4.2. Size 0 is refused. */
export function verifyConsistency(
  size1: bigint,
  size2: bigint,
  root1: Hash,
  root2: Hash,
  proof: readonly Hash[],
): boolean {
  if (size1 <= 0n || size1 > size2) return false
  if (size1 === size2) return proof.length === 0 && Buffer.compare(root1, root2) === 0
  if ([root1, root2, ...proof].some((h) => h.length !== 32)) return false
  const path = isPowerOfTwo(size1) ? [root1, ...proof] : [...proof]
  if (path.length === 0) return false
  let [fn, sn] = [size1 - 1n, size2 - 1n]
  while (fn % 2n === 1n) [fn, sn] = [fn >> 1n, sn >> 1n]
  let fr = path[0]!
  let sr = path[0]!
  for (const c of path.slice(1)) {
    if (sn === 0n) return false
    if (fn % 2n === 1n || fn === sn) {
      fr = nodeHash(c, fr)
      sr = nodeHash(c, sr)
      while (fn % 2n === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n]
    } else sr = nodeHash(sr, c)
    ;[fn, sn] = [fn >> 1n, sn >> 1n]
  }
  return sn === 0n && sameHash(fr, root1) && sameHash(sr, root2)
}

const isPowerOfTwo = (n: bigint): boolean => (n & (n - 1n)) === 0n
