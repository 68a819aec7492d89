import type { Watch, Words } from '../core/index.ts'
import { mask, maskNumbers, say, truncate } from '../core/index.ts'
import {
  aggregate,
  ascending,
  type Computed,
  call,
  col,
  type Expr,
  from,
  type LakeTable,
  lit,
  named,
  ROW,
  type Session,
  stage,
} from '../engine/index.ts'
import type { FailingRow, RuleResult } from './contract.ts'
import {
  planCopies,
  planDetails,
  planJudged,
  planMaskCounts,
  planPicks,
  planUnique,
  planUniqueCounts,
  planUniqueRows,
  readMaskCounts,
  reasonOf,
} from './plan.ts'
import type { DuplicateRule, RowRule, Rule, UniqueRule } from './rule.ts'

export interface CheckOptions {
  /** Failing records kept per rule; counts are always exact. */
  readonly failingLimit: number
  /** Records of the dataset that have no copy by themselves: a column is a key. */
  readonly hasKey: boolean
  /** Expressions that later stages need of the dataset: computed in the same scan and kept in the session under the name. */
  readonly keep?: { readonly name: string; readonly values: readonly Expr[] }
}
export interface Checked {
  readonly rules: readonly RuleResult[]
  readonly rowsWithStrongFailures: number
  /** Scans of the source this took. */
  readonly scans: number
  /** What was asked to be kept; undefined when nothing was. */
  readonly computed?: Computed | undefined
}
/** Gets failing records as they are found, ordered by rule and record. */
export type FailingSink = (rows: readonly FailingRow[]) => Promise<void>

/** Checks one version: one scan for all rules on records, one per set of key columns, a bounded pass for failing records. */
export async function checkDataset(
  session: Session,
  table: LakeTable,
  rules: readonly Rule[],
  options: CheckOptions,
  sink: FailingSink,
  watch: Watch = {},
): Promise<Checked> {
  const rowRules = rules.filter((r): r is RowRule => r.kind === 'row')
  const unique = rules.filter((r): r is UniqueRule => r.kind === 'unique').map((r) => r.key)
  const passing = [...new Set([...(options.keep?.values ?? []), ...unique])].map((e, i) => [`k${i}`, e] as const)
  const judged = await checkRecords(session, table, rowRules, passing, options, sink, watch)
  const known: Computed | undefined =
    rowRules.length === 0 ? undefined : { relation: named('judged'), columns: new Map(passing.map(([n, e]) => [e, n])) }
  const results = [...judged.rules]
  let scans = judged.scans
  for (const rule of rules) {
    if (rule.kind === 'unique') results.push(await checkUnique(session, table, rule, known, options, sink, watch))
    if (rule.kind === 'duplicate') results.push(await checkCopies(session, table, rule, options, sink, watch))
    if (rule.kind !== 'row') scans++
  }
  const computed = known && options.keep && (await kept(session, known, options.keep, watch))
  await session.drop(['judged', 'picked', 'keys', 'repeated', 'shared', 'copies'])
  return { rules: results, rowsWithStrongFailures: judged.strong, scans, computed }
}

/** The asked-for columns under their own name, without the masks. */
async function kept(
  session: Session,
  known: Computed,
  { name, values }: NonNullable<CheckOptions['keep']>,
  watch: Watch,
): Promise<Computed | undefined> {
  if (values.length === 0) return undefined
  const columns = new Map([...known.columns].filter(([e]) => values.includes(e)))
  const slim = from(known.relation)
    .select([[ROW, col(ROW)], ...[...columns.values()].map((n) => [n, col(n)] as const)])
    .done()
  await session.keep([stage(name, slim)], withoutProgress(watch))
  return { relation: named(name), columns }
}

function result(table: LakeTable, rule: Rule, b: number, failing: number): RuleResult {
  const down = rule.indicator === '0303' || rule.indicator === '0305'
  const { id, indicator, severity, columns, words, cites, unit } = rule
  return {
    id,
    indicator,
    severity,
    department: table.department,
    dataset: table.dataset,
    columns: [...columns],
    words,
    cites,
    unit,
    a: down ? failing : b - failing,
    b,
    failing,
  }
}

async function checkRecords(
  session: Session,
  table: LakeTable,
  rules: readonly RowRule[],
  passing: readonly (readonly [string, Expr])[],
  options: CheckOptions,
  sink: FailingSink,
  watch: Watch,
): Promise<{ rules: RuleResult[]; strong: number; scans: number }> {
  if (rules.length === 0) return { rules: [], strong: 0, scans: 0 }
  await session.keep([planJudged(table, rules, passing)], withoutProgress(watch))
  const counts = readMaskCounts(rules, await session.rows([stage('counts', planMaskCounts(rules))], watch))
  const failed = rules.map((_, i) => i).filter((i) => counts.fails[i]! > 0)
  if (failed.length > 0 && options.failingLimit > 0)
    await details(session, table, rules, failed, options.failingLimit, sink, watch)
  return {
    rules: rules.map((rule, i) => result(table, rule, counts.applies[i]!, counts.fails[i]!)),
    strong: counts.strong,
    scans: failed.length > 0 ? 2 : 1,
  }
}

/** A rule on records holds at most this many rules' reasons in one statement, so that the statement stays readable to an engine. */
const detailsAtOnce = 40

async function details(
  session: Session,
  table: LakeTable,
  rules: readonly RowRule[],
  failed: readonly number[],
  limit: number,
  sink: FailingSink,
  watch: Watch,
): Promise<void> {
  for (let i = 0; i < failed.length; i += detailsAtOnce) {
    const part = failed.slice(i, i + detailsAtOnce)
    await session.keep([stage('picked', planPicks(part, limit))], withoutProgress(watch))
    for await (const batch of session.stream([stage('details', planDetails(table, rules, part))], watch))
      await sink(
        batch.map((row) =>
          failingRow(rules[Number(row['rule'])]!, Number(row['row']), row['value'], Number(row['reason'])),
        ),
      )
  }
}

const sensitive = new Set(['L3', 'L4'])
/** Characters of a value that are shown. */
const longest = 500

/** A failing record as people may see it: sensitive values are masked, long ones cut. */
function failingRow(rule: RowRule, row: number, value: unknown, reason: number): FailingRow {
  return {
    rule: rule.id,
    row,
    column: rule.shows,
    value: shown(value, rule.grade),
    reason: rule.reasons[reasonOf(rule, reason)]!,
  }
}
function shown(value: unknown, grade: string): string {
  const text = value === null || value === undefined ? '' : String(value)
  return truncate(sensitive.has(grade) ? mask(text) : maskNumbers(text), longest)
}

const repeatedWords: Words = { zh: '出现 {n} 次', en: 'occurs {n} times' }

async function checkUnique(
  session: Session,
  table: LakeTable,
  rule: UniqueRule,
  known: Computed | undefined,
  options: CheckOptions,
  sink: FailingSink,
  watch: Watch,
): Promise<RuleResult> {
  await session.keep(planUnique(table, rule, known), withoutProgress(watch))
  const [counts] = await session.rows([stage('unique', planUniqueCounts())], watch)
  const failing = Number(counts!['failing'])
  if (failing > 0)
    for await (const batch of session.stream([stage('rows', planUniqueRows(table, rule, options.failingLimit))], watch))
      await sink(
        batch.map((r) => ({
          rule: rule.id,
          row: Number(r['row']),
          column: rule.shows,
          value: shown(r['value'], rule.grade),
          reason: say(repeatedWords, { n: Number(r['n']) }),
        })),
      )
  return result(table, rule, Number(counts!['b']), failing)
}

const copiedWords: Words = { zh: '此记录共有 {n} 份', en: 'there are {n} copies of this record' }

async function checkCopies(
  session: Session,
  table: LakeTable,
  rule: DuplicateRule,
  options: CheckOptions,
  sink: FailingSink,
  watch: Watch,
): Promise<RuleResult> {
  const rows = table.files.reduce((n, f) => n + f.rows, 0)
  if (options.hasKey) return result(table, rule, rows, 0)
  await session.keep(planCopies(table, rule), withoutProgress(watch))
  const surplus = from(named('copies'))
    .select({ surplus: call('coalesce', aggregate('sum', [call('subtract', col('n'), 1)]), lit(0)) })
    .done()
  const [counts] = await session.rows([stage('surplus', surplus)], watch)
  const failing = Number(counts!['surplus'])
  const listed = from(named('copies'))
    .select({ row: col('row'), n: col('n') })
    .orderBy(ascending(col('row')))
    .limit(options.failingLimit)
    .done()
  if (failing > 0)
    for await (const batch of session.stream([stage('rows', listed)], watch))
      await sink(
        batch.map((r) => ({
          rule: rule.id,
          row: Number(r['row']),
          column: '',
          value: '',
          reason: say(copiedWords, { n: Number(r['n']) }),
        })),
      )
  return result(table, rule, rows, failing)
}

/** Inner stages are no news to people: the caller reports datasets. */
function withoutProgress(watch: Watch): Watch {
  return watch.signal ? { signal: watch.signal } : {}
}
