import type { Relation, Stage } from './plan.ts'

/** What an engine can do. Plans never ask for an engine's name. */
export interface Capabilities {
  readonly qualify: boolean
  readonly fileRowNumber: boolean
  readonly aggregateFilter: boolean
  readonly lists: boolean
  readonly nfkc: boolean
}

/** Turns plans into SQL of one engine. The only place that spells SQL. */
export interface Dialect {
  readonly name: string
  readonly can: Capabilities
  /** Quotes an outside name. Refuses with `engine.bad-name` what the engine cannot carry (NUL). */
  identifier(name: string): string
  /** A text value as a literal. */
  text(value: string): string
  /** One statement: all stages but the last as (not materialised) CTEs. */
  render(stages: readonly Stage[] | Relation): string
}
