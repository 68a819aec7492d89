import { rename, rm } from 'node:fs/promises'
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { fault, type Watch } from '../../../core/index.ts'
import type { Relation, Stage } from '../../plan.ts'
import type { FileInput, LoadResult, Row, Session, Value, WriteTarget } from '../../session.ts'
import { dialectOf, quote } from '../render.ts'
import { engineFault } from './failure.ts'
import { loadFile } from './files.ts'
import { duckdbSpelling, macros, text } from './spelling.ts'

export const duckdbDialect = dialectOf(duckdbSpelling)

/** A session is one connection: its temporary tables are its own and vanish with it. */
export class DuckSession implements Session {
  readonly dialect = duckdbDialect
  readonly #connection: DuckDBConnection
  constructor(connection: DuckDBConnection) {
    this.#connection = connection
  }

  static async open(connection: DuckDBConnection): Promise<DuckSession> {
    for (const macro of macros) await connection.run(macro)
    return new DuckSession(connection)
  }

  async keep(stages: readonly Stage[], watch: Watch = {}): Promise<void> {
    for (const [i, { name, relation }] of stages.entries()) {
      watch.progress?.({ stage: name, done: i, total: stages.length })
      await this.statement(
        `CREATE OR REPLACE TEMP TABLE ${quote(name)} AS ${this.dialect.render(relation)}`,
        name,
        watch,
      )
    }
  }

  async rows<T extends Row = Row>(plan: readonly Stage[] | Relation, watch: Watch = {}): Promise<T[]> {
    const all: T[] = []
    for await (const batch of this.stream<T>(plan, watch)) for (const row of batch) all.push(row)
    return all
  }

  async *stream<T extends Row = Row>(
    plan: readonly Stage[] | Relation,
    watch: Watch = {},
  ): AsyncIterable<readonly T[]> {
    const sql = this.dialect.render(plan)
    const name = stageName(plan)
    const release = this.#interruptOn(watch.signal)
    try {
      const result = await this.#connection.stream(sql)
      const names = result.columnNames()
      for await (const rows of result.yieldRows()) {
        watch.signal?.throwIfAborted()
        yield rows.map((row) => Object.fromEntries(row.map((v, i) => [names[i], plain(v)])) as unknown as T)
      }
    } catch (error) {
      throw engineFault(error, name, sql, watch.signal)
    } finally {
      release()
    }
  }

  async write(plan: readonly Stage[] | Relation, target: WriteTarget, watch: Watch = {}): Promise<number> {
    const part = `${target.path}.part`
    const query = this.dialect.render(plan)
    try {
      const copied = target.format === 'parquet' ? query : await this.#withByteOrderMark(query)
      const options = target.format === 'parquet' ? parquetOptions : 'FORMAT csv, HEADER true'
      const written = await this.statement(`COPY (${copied}) TO ${text(part)} (${options})`, stageName(plan), watch)
      await rename(part, target.path)
      return written
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
  }

  /** The byte order mark tells Excel that a CSV is UTF-8: it becomes the first character of the header. */
  async #withByteOrderMark(query: string): Promise<string> {
    const described = await this.#connection.runAndReadAll(`DESCRIBE ${query}`)
    const names = described.getRows().map((row) => String(row[0]))
    const columns = names.map((name, i) => `${quote(name)} AS ${quote(i === 0 ? `\ufeff${name}` : name)}`)
    return `SELECT ${columns.join(', ')} FROM (${query})`
  }

  async load(input: FileInput, target: string, watch: Watch = {}): Promise<LoadResult> {
    const part = `${target}.part`
    try {
      const result = await loadFile(this, input, part, watch)
      await rename(part, target)
      return result
    } catch (error) {
      await rm(part, { force: true })
      throw error
    }
  }

  async describeParquet(path: string): Promise<{ name: string; type: string }[]> {
    const rows = await this.read(`DESCRIBE SELECT * FROM read_parquet(${text(path)})`, 'describe')
    return rows.map((row) => ({ name: String(row['column_name']), type: String(row['column_type']) }))
  }

  async drop(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#connection.run(`DROP TABLE IF EXISTS ${quote(name)}`)
  }

  /** Runs SQL of this dialect; only files of this folder may call it. Returns the number of rows changed or written. */
  async statement(sql: string, stage: string, watch: Watch = {}): Promise<number> {
    watch.signal?.throwIfAborted()
    const release = this.#interruptOn(watch.signal)
    try {
      const result = await this.#connection.run(sql)
      return result.rowsChanged
    } catch (error) {
      throw engineFault(error, stage, sql, watch.signal)
    } finally {
      release()
    }
  }

  /** Rows of SQL of this dialect; only files of this folder may call it. */
  async read(sql: string, stage: string): Promise<Row[]> {
    try {
      const reader = await this.#connection.runAndReadAll(sql)
      const names = reader.columnNames()
      return reader.getRows().map((row) => Object.fromEntries(row.map((v, i) => [names[i]!, plain(v)])))
    } catch (error) {
      throw engineFault(error, stage, sql)
    }
  }

  #interruptOn(signal: AbortSignal | undefined): () => void {
    if (signal === undefined) return () => {}
    if (signal.aborted) throw fault('core.cancelled', {}, { cause: signal.reason })
    // an interruption between two steps of a statement, or before its first one, is forgotten: it is repeated until heard
    let again: NodeJS.Timeout | undefined
    const interrupt = (): void => {
      this.#connection.interrupt()
      again = setInterval(() => this.#connection.interrupt(), 20)
    }
    signal.addEventListener('abort', interrupt, { once: true })
    return () => {
      signal.removeEventListener('abort', interrupt)
      clearInterval(again)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.closeSync()
  }
}

const parquetOptions = 'FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880'

function stageName(plan: readonly Stage[] | Relation): string {
  return Array.isArray(plan) ? ((plan as readonly Stage[]).at(-1)?.name ?? '') : (plan as Relation).kind
}

/** Whole numbers come as `number` while that is exact, as bigint beyond; dates as ISO text. */
function plain(value: DuckDBValue): Value {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (value === null || typeof value !== 'object') return value as Value
  return String(value)
}
