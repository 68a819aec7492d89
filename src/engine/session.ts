import type { Watch } from '../core/index.ts'
import type { Dialect } from './dialect.ts'
import type { Relation, Stage } from './plan.ts'

/** A value as an engine returns it: bigint for counts, Date never (dates come as `YYYY-MM-DD` text). */
export type Value = string | number | bigint | boolean | null
export type Row = Readonly<Record<string, Value>>

/** How an outside file is to be read into the lake. All columns are read as text. Decided by the room `source`. */
export type FileInput =
  | {
      readonly format: 'csv'
      readonly path: string
      readonly encoding: 'utf-8' | 'utf-16'
      readonly delimiter: string
      /** Empty string: the file has no quotes. */
      readonly quote: string
      /** Where it is known; otherwise the engine finds out, and refuses a file that mixes them. */
      readonly newline?: '\n'
      /** Physical lines before the first data record (header included). */
      readonly skip: number
      readonly columns: readonly string[]
      /** Records of many megabytes are read too. Without it they are rejects, and room for them costs no time. */
      readonly longRecords?: boolean
      /** Kept in the written file's own metadata. */
      readonly about?: string
    }
  | {
      readonly format: 'parquet'
      readonly path: string
      readonly columns: readonly { readonly from: string; readonly to: string; readonly type: string }[]
      /** Write `#row` into the file, because the names do not allow it to be derived. */
      readonly numbered: boolean
    }

/** A record that could not be read: `line` as the reader counts it. */
export interface Reject {
  readonly line: number
  readonly kind: 'too-few' | 'too-many' | 'encoding' | 'quote' | 'too-long' | 'other'
  readonly text: string
}

export interface LoadResult {
  readonly rows: number
  readonly rejects: readonly Reject[]
}

export type WriteTarget =
  | { readonly format: 'parquet'; readonly path: string }
  | { readonly format: 'csv'; readonly path: string }

/**
 * One piece of analysis on an engine. Stages kept in a session live until the session closes.
 * Every method rejects with `core.cancelled` soon after `watch.signal` aborts, having interrupted the engine,
 * and with `engine.failed` (cause kept; stage and SQL in the particulars of the cause) when the engine refuses.
 */
export interface Session extends AsyncDisposable {
  readonly dialect: Dialect
  /** Runs the stages one by one; each is kept as a temporary table under its name. A second call with a name replaces it. */
  keep(stages: readonly Stage[], watch?: Watch): Promise<void>
  /** Runs the stages as ONE statement and returns the rows of the last one. */
  rows<T extends Row = Row>(stages: readonly Stage[] | Relation, watch?: Watch): Promise<T[]>
  /** As `rows`, in batches with back pressure, in bounded memory. */
  stream<T extends Row = Row>(stages: readonly Stage[] | Relation, watch?: Watch): AsyncIterable<readonly T[]>
  /** Writes the rows of the last stage to one file: `.part` first, renamed when complete; returns the number of rows. */
  write(stages: readonly Stage[] | Relation, target: WriteTarget, watch?: Watch): Promise<number>
  /** Reads an outside file into ONE Parquet file of text columns in file order. Nothing is left behind on failure. */
  load(input: FileInput, target: string, watch?: Watch): Promise<LoadResult>
  /** Names and types of a Parquet file's columns, in the engine's words. */
  describeParquet(path: string): Promise<readonly { readonly name: string; readonly type: string }[]>
  drop(names: readonly string[]): Promise<void>
}

export interface EngineOptions {
  /** Threads the engine may use. Default: all cores. */
  readonly threads?: number
  /** Memory limit such as `2GB`. Default: 60 % of the machine's memory, at most 4GB. */
  readonly memory?: string
  /** Where data beyond the memory limit goes. Removed on close. */
  readonly spill?: string
}

/** An engine: opens sessions. Sessions of one engine share memory limit, threads and spill directory. */
export interface Engine extends AsyncDisposable {
  open(): Promise<Session>
}
