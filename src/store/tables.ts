import type { ColumnType, Generated, GeneratedAlways, Kysely, Transaction } from 'kysely'
import { fault } from '../core/index.ts'

/** A column of type `jsonb` or `json`: read as a value, written as JSON text (see {@link json} and {@link rawJson}). */
export type Json<T> = ColumnType<T, string, string>

/** The store's own tables. Rooms add theirs with `db.$extendTables<…>()`. */
export interface StoreTables {
  /** 迁移记录: which migration of which room has been applied. */
  store_migration: { room: string; number: number; name: string; applied_at: Generated<Date> }
  /** 发件箱: events in the order their transactions committed. */
  store_event: {
    id: GeneratedAlways<number>
    topic: string
    key: string
    body: Json<unknown>
    published_at: Generated<Date>
  }
  /** 消费者: how far each consumer has come. */
  store_consumer: { name: string; position: number }
  /** 消费记录: written in the handler's own transaction, so an event takes effect once. */
  store_consumed: { consumer: string; event: number; consumed_at: Generated<Date> }
}

/** For reading, outside of any transaction. */
export type Database = Kysely<StoreTables>
/** Inside a transaction. */
export type Tx = Transaction<StoreTables>

/** NUL, or half a surrogate pair, as JSON writes them: an escape after an even number of backslashes. */
const unkeepable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

/** JSON text for a `jsonb` column. Throws `store.bad-text` for what PostgreSQL cannot keep. */
export function json(value: unknown): string {
  const text = JSON.stringify(value)
  if (unkeepable.test(text)) throw fault('store.bad-text')
  return text
}

/** JSON text for a `json` column, which keeps the text as it is, so that any string of a data file can stand in it. */
export function rawJson(value: unknown): string {
  return JSON.stringify(value)
}
