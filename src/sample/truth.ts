/** A city is its seed and its sizes: every person and enterprise follows from seed and index, in any order. */
export interface TrueCity {
  readonly seed: number
  readonly people: number
  readonly enterprises: number
}

/** The day on which the registers were copied out. */
export const today = '2026-01-01'
export const thisYear = Number(today.slice(0, 4))
