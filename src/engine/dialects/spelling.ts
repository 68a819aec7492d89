import type { Capabilities } from '../dialect.ts'
import type { AggregateName, ColumnType, LakeTable, ScalarName, WindowName } from '../plan.ts'

/** How one engine spells what plans say. A new engine is a new table like this and nothing else. */
export interface Spelling {
  readonly name: string
  readonly can: Capabilities
  /** A text value as a literal, NUL included. */
  text(value: string): string
  readonly types: Readonly<Record<ColumnType, string>>
  readonly scalars: Readonly<Record<ScalarName, (...args: string[]) => string>>
  readonly aggregates: Readonly<Record<AggregateName, (...args: string[]) => string>>
  readonly windows: Readonly<Record<Exclude<WindowName, AggregateName>, (...args: string[]) => string>>
  /** A select over a version in the lake that gives its columns and `#row`. `quote` quotes names. */
  lake(table: LakeTable, quote: (name: string) => string): string
  parquet(paths: readonly string[], quote: (name: string) => string): string
  /** Written after `AS` of a CTE so that it is not computed apart. */
  readonly inlineCte: string
}

const infix =
  (sign: string) =>
  (...args: string[]) =>
    `(${args.join(` ${sign} `)})`

/** What every engine spells the same way. */
export const common = {
  length: (x) => `length(${x})`,
  substring: (x, from, n) => `substring(${x}, ${from}, ${n})`,
  upper: (x) => `upper(${x})`,
  lower: (x) => `lower(${x})`,
  replace: (x, what, by) => `replace(${x}, ${what}, ${by})`,
  position: (x, part) => `strpos(${x}, ${part})`,
  leftPad: (x, n, by) => `lpad(${x}, ${n}, ${by})`,
  coalesce: (...args) => `coalesce(${args.join(', ')})`,
  nullIf: (a, b) => `nullif(${a}, ${b})`,
  isNull: (x) => `(${x} IS NULL)`,
  least: (...args) => `least(${args.join(', ')})`,
  greatest: (...args) => `greatest(${args.join(', ')})`,
  and: infix('AND'),
  or: infix('OR'),
  not: (x) => `(NOT ${x})`,
  eq: infix('='),
  ne: infix('<>'),
  lt: infix('<'),
  le: infix('<='),
  gt: infix('>'),
  ge: infix('>='),
  isDistinctFrom: infix('IS DISTINCT FROM'),
  add: infix('+'),
  subtract: infix('-'),
  multiply: infix('*'),
  divide: (a, b) => `(CAST(${a} AS DOUBLE) / ${b})`,
  floor: (x) => `floor(${x})`,
  abs: (x) => `abs(${x})`,
  year: (x) => `year(${x})`,
  daysBetween: (a, b) => `date_diff('day', ${a}, ${b})`,
  formatDate: (x) => `CAST(${x} AS VARCHAR)`,
} satisfies Partial<Record<ScalarName, (...args: string[]) => string>>

/** Blanks that JavaScript's `trim` removes, so that both roads trim the same. */
export const blanks =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/**
 * A regular expression class (RE2) of the given characters, as ranges; gaps of up to `gap` characters are filled, which keeps
 * it small, unless one of `outside` lies in them.
 */
export function characterClass(characters: string, gap = 0, outside = ''): string {
  const kept = [...outside].map((c) => c.codePointAt(0)!)
  const points = [...characters].map((c) => c.codePointAt(0)!).sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const point of points) {
    const last = ranges.at(-1)
    const fills = last && point <= last[1] + 1 + gap && !kept.some((k) => last[1] < k && k < point)
    if (fills) last[1] = point
    else ranges.push([point, point])
  }
  const hex = (n: number) => `\\x{${n.toString(16)}}`
  return `[${ranges.map(([a, b]) => (a === b ? hex(a) : `${hex(a)}-${hex(b)}`)).join('')}]`
}
