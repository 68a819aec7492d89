import { asciiFolds } from '../../../core/index.ts'
import { type LakeTable, ROW } from '../../plan.ts'
import { blanks, characterClass, common, type Spelling } from '../spelling.ts'

/** DuckDB ends a literal at NUL, so NUL is spelled apart. */
export function text(value: string): string {
  const parts = value.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`)
  return parts.length === 1 ? parts[0]! : `(${parts.join(' || chr(0) || ')})`
}

const part = (keep: (character: string) => boolean) => {
  const kept = [...asciiFolds.from].map((c, i) => [c, asciiFolds.to[i]!] as const).filter(([c]) => keep(c))
  return { from: kept.map(([c]) => c).join(''), to: kept.map(([, to]) => to).join('') }
}
/** Foldable characters, the most usual first: `translate` builds its table anew for every row, so each row meets the smallest that serves. */
const tables = [
  part((c) => '，（）：；！？\u3000'.includes(c)),
  part((c) => c === '\u3000' || (c >= '\uff01' && c <= '\uff5e')),
  asciiFolds,
]
/** Common in Chinese text and not foldable: no gap may be filled over them. */
const unfoldable = '·—‘’“”…、。〈〉《》「」【】〔〕'
const beyond = (table: { readonly from: string }): string =>
  text(characterClass(part((c) => !table.from.includes(c)).from, 100, unfoldable + table.from))
const translated = ({ from, to }: { readonly from: string; readonly to: string }): string =>
  `translate(x, ${text(from)}, ${text(to)})`

/**
 * Width folding and trimming as macros: ASCII passes at once, text without a foldable character after one regular expression.
 * Null must leave first: DuckDB would build the tables of `translate` for it as well.
 */
export const macros: readonly string[] = [
  `CREATE OR REPLACE TEMP MACRO datong_fold(x) AS CASE WHEN x IS NULL OR strlen(x) = length(x) THEN x
   WHEN NOT regexp_matches(x, ${text(characterClass(asciiFolds.from, 100, unfoldable))}) THEN x
   WHEN NOT regexp_matches(x, ${beyond(tables[0]!)}) THEN ${translated(tables[0]!)}
   WHEN NOT regexp_matches(x, ${beyond(tables[1]!)}) THEN ${translated(tables[1]!)}
   ELSE ${translated(tables[2]!)} END`,
  `CREATE OR REPLACE TEMP MACRO datong_trim(x) AS CASE WHEN regexp_matches(x, ${text(`^${characterClass(blanks)}|${characterClass(blanks)}$`)})
   THEN trim(x, ${text(blanks)}) ELSE x END`,
]

const files = (paths: readonly string[]): string => `[${paths.map(text).join(', ')}]`

export const duckdbSpelling: Spelling = {
  name: 'duckdb',
  can: { qualify: true, fileRowNumber: true, aggregateFilter: true, lists: true, nfkc: false },
  text,
  types: {
    text: 'VARCHAR',
    bigint: 'BIGINT',
    double: 'DOUBLE',
    boolean: 'BOOLEAN',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
  },
  scalars: {
    ...common,
    byteLength: (x) => `strlen(${x})`,
    concat: (...args) => `concat(${args.join(', ')})`,
    trim: (x) => `datong_trim(${x})`,
    translate: (x, from, to) => `translate(${x}, ${from}, ${to})`,
    startsWith: (x, part) => `starts_with(${x}, ${part})`,
    contains: (x, part) => `contains(${x}, ${part})`,
    foldWidth: (x) => `datong_fold(${x})`,
    addDays: (x, n) => `(${x} + CAST(${n} AS INTEGER))`,
    matches: (x, pattern) => `regexp_full_match(${x}, ${pattern}, 's')`,
    finds: (x, pattern) => `regexp_matches(${x}, ${pattern}, 's')`,
    extract: (x, pattern, group) => `regexp_extract(${x}, ${pattern}, ${group}, 's')`,
    replacePattern: (x, pattern, by) => `regexp_replace(${x}, ${pattern}, ${by}, 'gs')`,
    sha256: (x) => `sha256(${x})`,
    hashBucket: (x, n) => `CAST(hash(${x}) % ${n} AS BIGINT)`,
    safeCell: (x) =>
      `CASE WHEN regexp_matches(${x}, '^[=+\\-@\\t\\r\\n＝＋－＠]') AND NOT regexp_full_match(${x}, '[+-]?\\d+(\\.\\d+)?') THEN concat('''', ${x}) ELSE ${x} END`,
    quotient: (a, b) => `(${a} // ${b})`,
    modulo: (a, b) => `(${a} % ${b})`,
    bitAnd: (a, b) => `(${a} & ${b})`,
    bitOr: (a, b) => `(${a} | ${b})`,
    shiftLeft: (a, n) => `(${a} << ${n})`,
  },
  aggregates: {
    count: () => 'count(*)',
    countDistinct: (x) => `count(DISTINCT ${x})`,
    approxDistinct: (x) => `approx_count_distinct(${x})`,
    sum: (x) => `CAST(sum(${x}) AS BIGINT)`,
    average: (x) => `avg(${x})`,
    min: (x) => `min(${x})`,
    max: (x) => `max(${x})`,
    any: (x) => `min(${x})`,
    firstBy: (x, by) => `arg_min(${x}, {'o': ${by}, 'v': ${x}})`,
    lastBy: (x, by) => `arg_max(${x}, {'o': ${by}, 'v': ${x}})`,
    bitOrAll: (x) => `bit_or(${x})`,
    join: (x, by) => `string_agg(${x}, ${by} ORDER BY ${x})`,
  },
  windows: {
    rowNumber: () => 'row_number()',
    rank: () => 'rank()',
    lag: (...args) => `lag(${args.join(', ')})`,
    lead: (...args) => `lead(${args.join(', ')})`,
  },
  lake,
  parquet: (paths) => `SELECT * FROM read_parquet(${files(paths)})`,
  inlineCte: 'NOT MATERIALIZED ',
}

/** Record numbers follow from the place in the file, so loading need not number rows in one thread. */
function lake(table: LakeTable, quote: (name: string) => string): string {
  const columns = table.columns.map(quote).join(', ')
  if (table.rowNumbers === 'column')
    return `SELECT ${columns}, ${quote(ROW)} FROM read_parquet(${files(table.files.map((f) => f.path))})`
  let before = 0
  const parts = table.files.map((f) => {
    const part = `SELECT ${columns}, file_row_number + ${before + 1} AS ${quote(ROW)} FROM read_parquet(${files([f.path])}, file_row_number = true)`
    before += f.rows
    return part
  })
  return parts.join(' UNION ALL ')
}
