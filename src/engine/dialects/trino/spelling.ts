import { asciiFolds } from '../../../core/index.ts'
import { ROW } from '../../plan.ts'
import { blanks, characterClass, common, type Spelling } from '../spelling.ts'

/** Characters that a plain Trino literal may hold; others are spelled as `U&` escapes. */
export function text(value: string): string {
  if (!/[\x00-\x1f]/.test(value)) return `'${value.replaceAll("'", "''")}'`
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "''")
    .replace(/[\x00-\x1f]/g, (c) => `\\${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `U&'${escaped}'`
}

const whole = (pattern: string) => `concat('^(?s:', ${pattern}, ')$')`
const edges = `${characterClass(blanks)}+`

/** Trino 476: counts code points, lacks QUALIFY, list lambdas of DuckDB's spelling, Jaro-Winkler and file row numbers. */
export const trinoSpelling: Spelling = {
  name: 'trino',
  can: { qualify: false, fileRowNumber: false, aggregateFilter: false, lists: false, nfkc: true },
  text,
  types: {
    text: 'VARCHAR',
    bigint: 'BIGINT',
    double: 'DOUBLE',
    boolean: 'BOOLEAN',
    date: 'DATE',
    timestamp: 'TIMESTAMP(6)',
  },
  scalars: {
    ...common,
    byteLength: (x) => `length(to_utf8(${x}))`,
    concat: (...args) => `concat(${args.map((a) => `coalesce(${a}, '')`).join(', ')})`,
    trim: (x) => `regexp_replace(${x}, '^${edges}|${edges}$', '')`,
    translate: (x, from, to) => `translate(${x}, ${from}, ${to})`,
    startsWith: (x, part) => `starts_with(${x}, ${part})`,
    contains: (x, part) => `(strpos(${x}, ${part}) > 0)`,
    addDays: (x, n) => `date_add('day', ${n}, ${x})`,
    foldWidth: (x) => `translate(${x}, ${text(asciiFolds.from)}, ${text(asciiFolds.to)})`,
    matches: (x, pattern) => `regexp_like(${x}, ${whole(pattern)})`,
    finds: (x, pattern) => `regexp_like(${x}, concat('(?s)', ${pattern}))`,
    extract: (x, pattern, group) =>
      `coalesce(regexp_extract(${x}, concat('(?s)', ${pattern}), ${group}), CASE WHEN ${x} IS NOT NULL THEN '' END)`,
    replacePattern: (x, pattern, by) => `regexp_replace(${x}, concat('(?s)', ${pattern}), ${by})`,
    sha256: (x) => `lower(to_hex(sha256(to_utf8(${x}))))`,
    hashBucket: (x, n) => `mod(bitwise_and(from_big_endian_64(xxhash64(to_utf8(${x}))), 9223372036854775807), ${n})`,
    safeCell: (x) =>
      `CASE WHEN regexp_like(${x}, '^[=+\\-@\\t\\r\\n＝＋－＠]') AND NOT regexp_like(${x}, '^[+-]?\\d+(\\.\\d+)?$') THEN concat('''', ${x}) ELSE ${x} END`,
    quotient: (a, b) => `(${a} / ${b})`,
    modulo: (a, b) => `mod(${a}, ${b})`,
    bitAnd: (a, b) => `bitwise_and(${a}, ${b})`,
    bitOr: (a, b) => `bitwise_or(${a}, ${b})`,
    shiftLeft: (a, n) => `bitwise_left_shift(${a}, ${n})`,
  },
  aggregates: {
    count: () => 'count(*)',
    countDistinct: (x) => `count(DISTINCT ${x})`,
    approxDistinct: (x) => `approx_distinct(${x})`,
    sum: (x) => `CAST(sum(${x}) AS BIGINT)`,
    average: (x) => `avg(${x})`,
    min: (x) => `min(${x})`,
    max: (x) => `max(${x})`,
    any: (x) => `min(${x})`,
    firstBy: (x, by) => `min_by(${x}, ROW(${by}, ${x}))`,
    lastBy: (x, by) => `max_by(${x}, ROW(${by}, ${x}))`,
    bitOrAll: (x) => `bitwise_or_agg(${x})`,
    join: (x, by) => `listagg(${x}, ${by}) WITHIN GROUP (ORDER BY ${x})`,
  },
  windows: {
    rowNumber: () => 'row_number()',
    rank: () => 'rank()',
    lag: (...args) => `lag(${args.join(', ')})`,
    lead: (...args) => `lead(${args.join(', ')})`,
  },
  lake: (table, quote) =>
    `SELECT ${[...table.columns, ROW].map(quote).join(', ')} FROM lake.${quote(table.department)}.${quote(`${table.dataset}@${table.version}`)}`,
  parquet: (paths, quote) => paths.map((path) => `SELECT * FROM lake.results.${quote(path)}`).join(' UNION ALL '),
  inlineCte: '',
}
