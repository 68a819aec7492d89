import type { Words } from '../core/index.ts'
import type { Expr } from '../engine/index.ts'
import type { Grade } from '../standard/index.ts'

/** What every rule says of itself. */
interface RuleBase {
  /** Stable and readable: `<indicator>/<kind>@<columns>`. */
  readonly id: string
  readonly indicator: string
  readonly severity: 'strong' | 'weak'
  readonly columns: readonly string[]
  readonly unit: 'cell' | 'row' | 'pair'
  readonly words: Words
  /** Standard and edition the rule rests on. */
  readonly cites: string
}

/** A rule on each record: where it applies, and why a record fails it (null when it passes). Judged in the fused scan. */
export interface RowRule extends RuleBase {
  readonly kind: 'row'
  /** Records the rule applies to: they make B. */
  readonly applies: Expr
  /** A text code of the reason where a record fails; null where it passes. */
  readonly reason: Expr
  /** Words for every code that `reason` may give, at most 31. */
  readonly reasons: Readonly<Record<string, Words>>
  /** The column whose value is shown as evidence, and how sensitive it is. */
  readonly shows: string
  readonly grade: Grade
}

/** Records whose key occurs more than once. */
export interface UniqueRule extends RuleBase {
  readonly kind: 'unique'
  readonly key: Expr
  readonly shows: string
  readonly grade: Grade
}

/** Surplus copies of whole records. `pivot` is a column of many values that narrows the search. */
export interface DuplicateRule extends RuleBase {
  readonly kind: 'duplicate'
  readonly pivot: string
}

export type Rule = RowRule | UniqueRule | DuplicateRule
