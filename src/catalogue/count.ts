import { codePointLength, foldWidth } from '../core/index.ts'

/** What is counted of a column, by the engine or here: both roads give the same figures. */
export interface ColumnCounts {
  /** Neither missing nor only blanks. */
  readonly present: number
  /** Of these, values that stand for "nothing". */
  readonly tokens: number
  readonly distinct: number
  readonly shortest: number | null
  readonly longest: number | null
  readonly min: string | null
  readonly max: string | null
}

/** Counts a column whose every value is in memory. `nullTokens` are in upper case. */
export function countColumn(values: readonly (string | null)[], nullTokens: ReadonlySet<string>): ColumnCounts {
  const different = new Set<string>()
  let [present, tokens] = [0, 0]
  let [shortest, longest]: [number | null, number | null] = [null, null]
  let [min, max]: [string | null, string | null] = [null, null]
  for (const value of values) {
    if (value === null) continue
    different.add(value)
    const length = codePointLength(value)
    longest = Math.max(longest ?? 0, length)
    if (max === null || before(max, value)) max = value
    if (value.trim() === '') continue
    present++
    if (nullTokens.has(foldWidth(value).trim().toUpperCase())) tokens++
    shortest = Math.min(shortest ?? length, length)
    if (min === null || before(value, min)) min = value
  }
  return { present, tokens, distinct: different.size, shortest, longest, min, max }
}

/** Order by code point, as engines compare text; JavaScript compares halves of characters. */
function before(a: string, b: string): boolean {
  return halves.test(a) || halves.test(b) ? Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0 : a < b
}
const halves = /[\ud800-\uffff]/
