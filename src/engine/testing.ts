import { trinoDialect } from './dialects/trino/index.ts'
import type { Relation, Stage } from './plan.ts'

/** Names and values that have broken other programs. Every engine must carry them there and back. */
export const nasty: readonly string[] = [
  'a"b',
  "o'x",
  '𬱖',
  '列\n名',
  'x;--',
  '../x',
  'con',
  ' ',
  '　全角　',
  'a\\b',
  '%s',
  '\u0024{x}',
  'SELECT',
  '😀',
  'é',
  '\t',
  "'; DROP TABLE x; --",
  'x'.repeat(65_536),
]

/** What a plan must not hold when rendered for an engine that lacks it: spellings of DuckDB alone, byte-wise string distance. */
const foreign =
  /\bQUALIFY\b|read_parquet|read_csv|list_|unnest\(|jaro|levenshtein|damerau|jaccard|datong_|file_row_number|FILTER \(|regexp_matches|regexp_full_match|NOT MATERIALIZED/

/** Renders a plan for the second dialect and gives the first spelling it should not have used; undefined when there is none. */
export function foreignSpelling(plan: readonly Stage[] | Relation): string | undefined {
  return foreign.exec(trinoDialect.render(plan))?.[0]
}
