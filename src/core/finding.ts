import type { Words } from './words.ts'

/** Where something is wrong with data. `row` counts data records from 1; `line` counts physical lines from 1. */
export interface Place {
  readonly file?: string
  readonly sheet?: string
  readonly line?: number
  readonly row?: number
  readonly column?: string
}

/** Something wrong with *data*: never thrown, always returned, all of them. */
export interface Finding {
  /** Stable code such as `source.ragged-row`. */
  readonly code: string
  readonly severity: 'strong' | 'weak' | 'note'
  readonly place: Place
  readonly words: Words
}
