/** A repeatable source of chance. The seed always comes from the caller. */
export interface Random {
  /** A float in [0, 1). */
  next(): number
  /** An integer in [low, high]. */
  int(low: number, high: number): number
  /** True with the given probability. */
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** A further independent source, named, so that adding a draw in one place moves nothing in another. */
  fork(name: string): Random
}

/** PCG-like 32-bit mixing over a counter (splitmix32): small, fast, the same on every machine. */
export function seeded(seed: number | string): Random {
  const origin = typeof seed === 'number' ? seed >>> 0 : hash32(seed)
  let state = origin
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) / 4294967296
  }
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => list[int(0, list.length - 1)]!,
    fork: (name) => seeded(hash32(`${origin}/${name}`)),
  }
}

/** FNV-1a with a final mix, over UTF-16 units. For spreading, never for security. */
export function hash32(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad)
  return (h ^ (h >>> 15)) >>> 0
}
