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
  type LakeTable,
  lake,
  lit,
  named,
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

/** Rules of one mask: a signed 64-bit number holds 62 bits that every engine adds without trouble. */
export const rulesPerMask = 62
const bit = (i: number): bigint => 1n << BigInt(i % rulesPerMask)
const maskOf = (letter: string, i: number): string => `${letter}${Math.floor(i / rulesPerMask)}`

/**
 * The one fused scan: each record's number and two bit masks, which rules apply to it and which it fails.
 * A rule that does not apply sets no bit at all, so it is neither a pass nor a failure. `more` is computed in passing.
 */
export function planJudged(
  table: LakeTable,
  rules: readonly RowRule[],
  more: readonly (readonly [name: string, value: Expr])[] = [],
): Stage {
  const masks: [string, Expr][] = []
  for (let m = 0; m * rulesPerMask < rules.length; m++) {
    const part = rules.slice(m * rulesPerMask, (m + 1) * rulesPerMask)
    masks.push([`a${m}`, bits(part.map((r) => r.applies))])
    masks.push([`f${m}`, bits(part.map((r) => call('and', r.applies, notNull(r.reason))))])
  }
  return stage(
    'judged',
    from(lake(table))
      .select([[ROW, col(ROW)], ...masks, ...more])
      .done(),
  )
}

function bits(conditions: readonly Expr[]): Expr {
  const terms = conditions.map((c, i) => when([[c, lit(bit(i), 'bigint')]], lit(0, 'bigint')))
  return terms.reduce((a, b) => call('add', a, b))
}

/** How many records have which pair of masks. Needs the stage `judged`. */
export function planMaskCounts(rules: readonly RowRule[]): Select {
  const names = Array.from({ length: Math.ceil(rules.length / rulesPerMask) }, (_, m) => [`a${m}`, `f${m}`]).flat()
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
  let strong = 0
  for (const row of rows) {
    const n = Number(row['rows'])
    const has = (letter: string, i: number): boolean =>
      (BigInt(row[maskOf(letter, i)] as number | bigint) & bit(i)) !== 0n
    let strongly = false
    rules.forEach((rule, i) => {
      if (has('a', i)) applies[i]! += n
      if (!has('f', i)) return
      fails[i]! += n
      strongly ||= rule.severity === 'strong'
    })
    if (strongly) strong += n
  }
  return { applies, fails, strong }
}

/** The first `limit` failing records of each failed rule, by number. Needs `judged`. */
export function planPicks(failed: readonly number[], limit: number, offset = 0): Relation {
  return unionAll(
    failed.map((i) => {
      const fails = call('ne', call('bitAnd', col(maskOf('f', i)), lit(bit(i), 'bigint')), lit(0, 'bigint'))
      const picked = from(named('judged'))
        .where(fails)
        .select({ rule: lit(i, 'bigint'), row: col(ROW) })
        .orderBy(ascending(col(ROW)))
        .limit(limit + offset)
        .done()
      return from(picked, 'p')
        .select({ rule: col('rule'), row: col('row') })
        .done()
    }),
  )
}

/** Value and reason of each picked record: reasons are judged again for these records alone. Needs `picked`. */
export function planDetails(table: LakeTable, rules: readonly RowRule[], failed: readonly number[]): Select {
  const forRule = (pick: (rule: RowRule) => Expr): Expr =>
    when(failed.map((i) => [eq(col('#rule'), lit(i)), pick(rules[i]!)] as const))
  const columns = table.columns.map((name) => [name, col(name, 'l')] as const)
  const picked = from(lake(table), 'l')
    .join('inner', named('picked'), 'p', eq(col(ROW, 'l'), col('row', 'p')))
    .select([['#rule', col('rule', 'p')], [ROW, col('row', 'p')], ...columns])
    .done()
  return from(picked, 'k')
    .select({
      rule: col('#rule'),
      row: col(ROW),
      value: forRule((r) => col(r.shows)),
      reason: forRule((r) => r.reason),
    })
    .orderBy(ascending(col('rule')), ascending(col('row')))
    .done()
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
