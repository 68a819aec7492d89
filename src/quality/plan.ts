import {
  aggregate,
  ascending,
  type Computed,
  call,
  col,
  countRows,
  type Expr,
  eq,
  from,
  isNull,
  type LakeTable,
  lake,
  lit,
  named,
  not,
  notNull,
  reading,
  ROW,
  type Relation,
  type Select,
  type Stage,
  stage,
  unionAll,
  when,
} from '../engine/index.ts'
import type { DuplicateRule, RowRule, UniqueRule } from './rule.ts'

/** A signed 64-bit number holds 62 bits that every engine adds without trouble: 62 rules that apply, or 12 reasons of failing. */
const usableBits = 62
const reasonBits = 5
/** Reasons a rule may have; more could not be told apart. */
export const mostReasons = 2 ** reasonBits - 1

/** Where a rule stands in the columns `a0…` and `f0…` of the stage `judged`. */
interface Place {
  readonly column: string
  readonly shift: bigint
}
function placeOf(letter: string, i: number, width: number): Place {
  const perColumn = Math.floor(usableBits / width)
  return { column: `${letter}${Math.floor(i / perColumn)}`, shift: 1n << BigInt((i % perColumn) * width) }
}
const appliesAt = (i: number): Place => placeOf('a', i, 1)
const failsAt = (i: number): Place => placeOf('f', i, reasonBits)
const reasonMask = ({ shift }: Place): bigint => BigInt(mostReasons) * shift

/**
 * The one fused scan: each record's number, a bit for each rule that applies to it, and for each rule that it fails the number
 * of the reason. A rule that does not apply sets nothing at all, so it is neither a pass nor a failure. `more` is computed in passing.
 */
export function planJudged(
  table: LakeTable,
  rules: readonly RowRule[],
  more: readonly (readonly [name: string, value: Expr])[] = [],
): Stage {
  const applies = packed(rules, appliesAt, (rule, { shift }) => when([[rule.applies, bits(shift)]], bits(0n)))
  const fails = packed(rules, failsAt, failure)
  return stage(
    'judged',
    from(lake(table))
      .select([[ROW, col(ROW)], ...applies, ...fails, ...more])
      .done(),
  )
}

const bits = (value: bigint): Expr => lit(value, 'bigint')

function packed(
  rules: readonly RowRule[],
  place: (i: number) => Place,
  term: (rule: RowRule, place: Place) => Expr,
): [string, Expr][] {
  const terms = Map.groupBy(
    rules.map((rule, i) => ({ at: place(i), value: term(rule, place(i)) })),
    ({ at }) => at.column,
  )
  return [...terms].map(([name, own]) => [name, own.map((t) => t.value).reduce((a, b) => call('add', a, b))])
}

/** Nearly all records pass, so that is asked first. */
function failure(rule: RowRule, { shift }: Place): Expr {
  const codes = Object.keys(rule.reasons).map(
    (reason, n) => [eq(rule.reason, lit(reason)), bits(BigInt(n + 1) * shift)] as const,
  )
  return when([[isNull(rule.reason), bits(0n)], [not(rule.applies), bits(0n)], ...codes], bits(0n))
}

/** How many records have which combination. Needs the stage `judged`. */
export function planMaskCounts(rules: readonly RowRule[]): Select {
  const names = [...new Set(rules.flatMap((_, i) => [appliesAt(i).column, failsAt(i).column]))]
  return from(named('judged'))
    .groupBy(...names.map((n) => col(n)))
    .select([...names.map((n) => [n, col(n)] as const), ['rows', countRows()]])
    .done()
}

/** Applicable and failing records per rule, and records that fail at least one strong rule. */
export function readMaskCounts(
  rules: readonly RowRule[],
  rows: readonly Readonly<Record<string, unknown>>[],
): { applies: number[]; fails: number[]; strong: number } {
  const applies = rules.map(() => 0)
  const fails = rules.map(() => 0)
  const places = rules.map((_, i) => [appliesAt(i), failsAt(i)] as const)
  let strong = 0
  for (const row of rows) {
    const n = Number(row['rows'])
    const has = ({ column }: Place, mask: bigint): boolean => (BigInt(row[column] as number | bigint) & mask) !== 0n
    let strongly = false
    rules.forEach((rule, i) => {
      const [applied, failed] = places[i]!
      if (has(applied, applied.shift)) applies[i]! += n
      if (!has(failed, reasonMask(failed))) return
      fails[i]! += n
      strongly ||= rule.severity === 'strong'
    })
    if (strongly) strong += n
  }
  return { applies, fails, strong }
}

/** The first `limit` failing records of each failed rule, by number, each with the number of its reason. Needs `judged`. */
export function planPicks(failed: readonly number[], limit: number): Relation {
  return unionAll(
    failed.map((i) => {
      const place = failsAt(i)
      const masked = call('bitAnd', col(place.column), bits(reasonMask(place)))
      const picked = from(named('judged'))
        .where(call('ne', masked, bits(0n)))
        .select({ rule: bits(BigInt(i)), row: col(ROW), reason: call('quotient', masked, bits(place.shift)) })
        .orderBy(ascending(col(ROW)))
        .limit(limit)
        .done()
      return from(picked, 'p')
        .select({ rule: col('rule'), row: col('row'), reason: col('reason') })
        .done()
    }),
  )
}

/** Value and reason of each picked record. Needs `picked`. */
export function planDetails(table: LakeTable, rules: readonly RowRule[], failed: readonly number[]): Select {
  const shown = failed.map((i) => [eq(col('rule', 'p'), lit(i)), col(rules[i]!.shows, 'l')] as const)
  return from(lake(table), 'l')
    .join('inner', named('picked'), 'p', eq(col(ROW, 'l'), col('row', 'p')))
    .select({ rule: col('rule', 'p'), row: col('row', 'p'), value: when(shown), reason: col('reason', 'p') })
    .orderBy(ascending(col('rule')), ascending(col('row')))
    .done()
}

/** The reason behind its number. */
export function reasonOf(rule: RowRule, number: number): string {
  return Object.keys(rule.reasons)[number - 1]!
}

/** Keys of a uniqueness rule, then those that occur more than once. */
export function planUnique(table: LakeTable, rule: UniqueRule, computed?: Computed): readonly Stage[] {
  const keys = from(reading(table, [['key', rule.key]], computed).done(), 'k')
    .where(notNull(col('key')))
    .done()
  const repeated = from(named('keys'))
    .groupBy(col('key'))
    .having(call('gt', countRows(), lit(1)))
    .select({ key: col('key'), n: countRows() })
    .done()
  return [stage('keys', keys), stage('repeated', repeated)]
}
export function planUniqueCounts(): Select {
  const total = from(named('keys')).select({ b: countRows() }).done()
  const failing = from(named('repeated'))
    .select({ failing: call('coalesce', aggregate('sum', [col('n')]), lit(0)) })
    .done()
  return from(total, 't')
    .join('cross', failing, 'f')
    .select({ b: col('b'), failing: col('failing') })
    .done()
}
/** The first records whose key is repeated, with the value as it stands in the lake. */
export function planUniqueRows(table: LakeTable, rule: UniqueRule, limit: number): Select {
  const first = from(named('keys'), 'k')
    .join('inner', named('repeated'), 'r', eq(col('key', 'k'), col('key', 'r')))
    .select({ row: col(ROW, 'k'), n: col('n', 'r') })
    .orderBy(ascending(col('row')))
    .limit(limit)
    .done()
  return from(lake(table), 'l')
    .join('inner', first, 'f', eq(col(ROW, 'l'), col('row', 'f')))
    .select({ row: col('row', 'f'), value: col(rule.shows, 'l'), n: col('n', 'f') })
    .orderBy(ascending(col('row')))
    .done()
}

/** Records whose pivot value repeats, grouped by every column: the surplus copies. */
export function planCopies(table: LakeTable, rule: DuplicateRule): readonly Stage[] {
  const pivot = call('coalesce', col(rule.pivot), lit(''))
  const shared = from(lake(table))
    .groupBy(pivot)
    .having(call('gt', countRows(), lit(1)))
    .select({ p: pivot })
    .done()
  const pivotOfLake = call('coalesce', col(rule.pivot, 'l'), lit(''))
  const copies = from(lake(table), 'l')
    .join('semi', named('shared'), 's', eq(col('p', 's'), pivotOfLake))
    .groupBy(...rule.columns.map((c) => col(c, 'l')))
    .having(call('gt', countRows(), lit(1)))
    .select({ row: aggregate('min', [col(ROW, 'l')]), n: countRows() })
    .done()
  return [stage('shared', shared), stage('copies', copies)]
}
