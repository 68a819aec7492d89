/** Chance tied to (seed, entity, purpose): any entity can be made at any time, in any order, always the same. */
export class Chance {
  #state: number
  constructor(seed: number, index: number, purpose: number) {
    this.#state = mix(mix(mix(seed >>> 0) ^ index) ^ Math.imul(purpose, 0x9e3779b1))
  }
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0
    return mix(this.#state) / 4294967296
  }
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }
  is(probability: number): boolean {
    return this.next() < probability
  }
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!
  }
  /** A key of the table, each as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries<number>(weights) as [K, number][]
    let left = this.next() * entries.reduce((n, [, w]) => n + w, 0)
    for (const [key, weight] of entries) {
      if (left < weight) return key
      left -= weight
    }
    return entries.at(-1)![0]
  }
  /** Early items often, late ones rarely (Zipf-like). */
  zipf<T>(list: readonly T[]): T {
    return list[Math.floor(list.length ** this.next()) - 1]!
  }
}

function mix(n: number): number {
  let z = (n + 0x9e3779b9) >>> 0
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
  return (z ^ (z >>> 15)) >>> 0
}
