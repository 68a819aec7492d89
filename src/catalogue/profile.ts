import { setImmediate } from 'node:timers/promises'
import type { Watch } from '../core/index.ts'
import {
  aggregate,
  ascending,
  call,
  col,
  countRows,
  descending,
  type Expr,
  from,
  type LakeTable,
  lake,
  lit,
  oneOf,
  remembered,
  ROW,
  type Relation,
  type Row,
  type Session,
  stage,
  tidied,
  when,
} from '../engine/index.ts'
import type { DatasetProfile, FieldProfile } from './contract.ts'
import { type ColumnCounts, countColumn } from './count.ts'
import { inferType, shapeOf } from './infer.ts'

/** A profile and, for binding, the values it was judged by. */
export interface Profiled {
  readonly profile: DatasetProfile
  readonly samples: ReadonlyMap<string, readonly string[]>
}

export interface ProfileOptions {
  /** Values that stand for "nothing" (compared after trimming, in upper case). */
  readonly nullTokens: readonly string[]
  /** Records looked at for types and shapes; evenly spread, the same ones every time. */
  readonly sampleRows: number
  /** Fewer records are looked at where they have so many columns that the sample would hold more cells than this. */
  readonly sampleCells: number
  /** Up to this many different values a column's most frequent ones are counted exactly. */
  readonly exactUpTo: number
  /** Up to this many records distinct values are counted exactly; estimates of larger tables may be a quarter off. */
  readonly countExactlyTo: number
  /** Values of a column kept for binding. */
  readonly valuesKept: number
}
export const profileDefaults: ProfileOptions = {
  nullTokens: [
    'NULL',
    'NONE',
    'NA',
    'N/A',
    'NAN',
    '无',
    '空',
    '/',
    '\\',
    '-',
    '--',
    '—',
    '——',
    '不详',
    '未知',
    '暂无',
    '未填',
    '待补',
  ],
  sampleRows: 20_000,
  sampleCells: 4_000_000,
  exactUpTo: 500,
  countExactlyTo: 300_000,
  valuesKept: 2_000,
}

/** True where a value says "nothing" instead of being blank; never null. */
export const isNullToken = (value: Expr, options: Pick<ProfileOptions, 'nullTokens'> = profileDefaults): Expr =>
  tokenTest(options.nullTokens)(value)

const tests = new WeakMap<readonly string[], (value: Expr) => Expr>()
function tokenTest(tokens: readonly string[]): (value: Expr) => Expr {
  const known = tests.get(tokens) ?? remembered((value) => isOneOf(value, tokens))
  tests.set(tokens, known)
  return known
}

/** Only what is short enough is compared. */
function isOneOf(value: Expr, tokens: readonly string[]): Expr {
  const text = tidied(value)
  const longest = Math.max(0, ...tokens.map((t) => Buffer.byteLength(t)))
  return when([[call('le', call('byteLength', text), longest), oneOf(call('upper', text), tokens)]], lit(false))
}

/** True where a value is present and not only blanks; never null. */
export const isFilled: (value: Expr) => Expr = remembered((value) =>
  when([[call('ne', tidied(value), lit('')), lit(true)]], lit(false)),
)

/** Columns counted in one scan: an engine keeps a table of distinct values for each. */
export const columnsAtOnce = 200

/** Counts, distinct values and lengths of columns in one scan. Results are named by the column's place in `columns`. */
export function planCounts(
  table: LakeTable,
  options: ProfileOptions = profileDefaults,
  columns: readonly string[] = table.columns,
): Relation {
  const small = table.files.reduce((n, f) => n + f.rows, 0) <= options.countExactlyTo
  const counts = columns.flatMap((name, i): [string, Expr][] => {
    const value = col(name)
    return [
      [`${i}/present`, countRows(isFilled(value))],
      [`${i}/token`, countRows(isNullToken(value, options))],
      [`${i}/distinct`, aggregate(small ? 'countDistinct' : 'approxDistinct', [value])],
      [`${i}/shortest`, aggregate('min', [call('length', value)], isFilled(value))],
      [`${i}/longest`, aggregate('max', [call('length', value)])],
      [`${i}/min`, aggregate('min', [value], isFilled(value))],
      [`${i}/max`, aggregate('max', [value])],
    ]
  })
  return from(lake(table))
    .select([['rows', countRows()], ...counts])
    .done()
}

/** Every k-th record, so that the sample holds about `sampleRows` of `rows` records. */
export function planSample(table: LakeTable, rows: number, options: ProfileOptions = profileDefaults): Relation {
  const wanted = Math.min(options.sampleRows, Math.ceil(options.sampleCells / Math.max(1, table.columns.length)))
  const step = Math.max(1, Math.ceil(rows / wanted))
  const chosen = from(lake(table)).select(table.columns.map((name) => [name, col(name)] as const))
  return step === 1 ? chosen.done() : chosen.where(call('eq', call('modulo', col(ROW), step), 1)).done()
}

function planTop(table: LakeTable, column: string, limit: number): Relation {
  return from(lake(table))
    .where(isFilled(col(column)))
    .groupBy(col(column))
    .select({ value: col(column), count: countRows() })
    .orderBy(descending(col('count')), ascending(col('value')))
    .limit(limit)
    .done()
}

/**
 * Profiles one version. A table that fits the sample is counted in memory; beyond, one scan for counts, one for the sample, one for
 * each column of few values or key candidate.
 */
export async function profileDataset(
  session: Session,
  table: LakeTable,
  watch: Watch = {},
  options: ProfileOptions = profileDefaults,
): Promise<Profiled> {
  const rows = table.files.reduce((n, f) => n + f.rows, 0)
  const sample = rows === 0 ? [] : await session.rows([stage('sample', planSample(table, rows, options))], watch)
  const tokens = new Set(options.nullTokens)
  const whole = sample.length === rows
  const counted = whole ? [] : await countsOf(session, table, watch, options)
  const fields: FieldProfile[] = []
  const samples = new Map<string, readonly string[]>()
  for (const [i, name] of table.columns.entries()) {
    if (i % columnsAtOnce === 0) watch.signal?.throwIfAborted()
    // counting in memory lets others in between columns
    await setImmediate()
    const all = sample.map((row) => row[name] as string | null)
    const present = all.filter((v): v is string => v !== null && v.trim() !== '')
    const values = present.filter((v) => !tokens.has(v.trim().toUpperCase()))
    samples.set(name, values.slice(0, options.valuesKept))
    const counts = counted[i] ?? countColumn(all, tokens)
    await setImmediate()
    const top = async () => (whole ? frequent(present) : topOf(session, table, name, watch, options))
    fields.push(await profileField(name, i, counts, rows, values, top, options))
  }
  const profile: DatasetProfile = {
    department: table.department,
    dataset: table.dataset,
    version: table.version,
    rows,
    fields,
    keys: await keysOf(session, table, fields, rows, watch),
  }
  return { profile, samples }
}

/** Counts of every column, {@link columnsAtOnce} in a scan. */
async function countsOf(
  session: Session,
  table: LakeTable,
  watch: Watch,
  options: ProfileOptions,
): Promise<ColumnCounts[]> {
  const counts: ColumnCounts[] = []
  for (let i = 0; i < table.columns.length; i += columnsAtOnce) {
    const part = table.columns.slice(i, i + columnsAtOnce)
    const [row] = await session.rows([stage('counts', planCounts(table, options, part))], watch)
    counts.push(...part.map((_, n) => columnCounts(row!, n)))
  }
  return counts
}

function columnCounts(row: Row, i: number): ColumnCounts {
  const count = (what: string) => row[`${i}/${what}`] ?? null
  const number = (what: string): number | null => (count(what) === null ? null : Number(count(what)))
  return {
    present: number('present') ?? 0,
    tokens: number('token') ?? 0,
    distinct: number('distinct') ?? 0,
    shortest: number('shortest'),
    longest: number('longest'),
    min: count('min') as string | null,
    max: count('max') as string | null,
  }
}

interface Frequency {
  readonly value: string
  readonly count: number
}

/** The most frequent values of a column, counted by the engine; undefined where that would take a scan for each of very many columns. */
async function topOf(
  session: Session,
  table: LakeTable,
  name: string,
  watch: Watch,
  options: ProfileOptions,
): Promise<Frequency[] | undefined> {
  if (table.columns.length > columnsAtOnce) return undefined
  const rows = await session.rows([stage('top', planTop(table, name, options.exactUpTo * 2))], watch)
  return rows.map((r) => ({ value: String(r['value']), count: Number(r['count']) }))
}

async function profileField(
  name: string,
  i: number,
  counts: ColumnCounts,
  rows: number,
  values: readonly string[],
  countTop: () => Promise<readonly Frequency[] | undefined>,
  options: ProfileOptions,
): Promise<FieldProfile> {
  const few = counts.distinct <= options.exactUpTo && counts.present > 0
  const exact = few ? await countTop() : undefined
  const top = exact ?? frequent(values)
  await setImmediate()
  const complete = exact !== undefined && exact.length < options.exactUpTo * 2
  return {
    name,
    position: i + 1,
    inferred: inferType(values),
    rows,
    filled: counts.present - counts.tokens,
    blank: rows - counts.present,
    nullTokens: counts.tokens,
    distinct: complete ? exact.length : Math.min(counts.distinct, counts.present),
    distinctExact: rows <= options.countExactlyTo || complete,
    minLength: counts.shortest,
    maxLength: counts.longest,
    min: counts.min,
    max: counts.max,
    top: top.slice(0, 10),
    shapes: shapesOf(values)
      .slice(0, 10)
      .map(({ value, count }) => ({ shape: value, count })),
  }
}

function frequent(values: readonly string[]): Frequency[] {
  return ranked(countsBy(values.map((value) => [value, 1] as const)))
}

/** Each different value is looked at once. */
function shapesOf(values: readonly string[]): Frequency[] {
  const counts = countsBy(values.map((value) => [value, 1] as const))
  return ranked(countsBy([...counts].map(([value, count]) => [shapeOf(value), count] as const)))
}

function countsBy(pairs: Iterable<readonly [string, number]>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [key, n] of pairs) counts.set(key, (counts.get(key) ?? 0) + n)
  return counts
}
function ranked(counts: ReadonlyMap<string, number>): Frequency[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

/** Columns that fill every record with a value of its own. Estimates choose candidates, exact counts decide. */
async function keysOf(
  session: Session,
  table: LakeTable,
  fields: readonly FieldProfile[],
  rows: number,
  watch: Watch,
): Promise<string[]> {
  const candidates = fields.filter((f) => rows > 0 && f.blank === 0 && f.nullTokens === 0 && f.distinct >= rows * 0.6)
  if (candidates.length === 0) return []
  const keys: string[] = []
  for (let i = 0; i < candidates.length; i += columnsAtOnce) {
    const part = candidates.slice(i, i + columnsAtOnce)
    const columns = part.map((f, n) => [String(n), aggregate('countDistinct', [col(f.name)])] as const)
    const [exact] = await session.rows([stage('keys', from(lake(table)).select(columns).done())], watch)
    keys.push(...part.filter((_, n) => Number(exact![String(n)]) === rows).map((f) => f.name))
  }
  return keys
}
