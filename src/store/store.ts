import { Kysely, PostgresDialect } from 'kysely'
import { fault } from '../core/index.ts'
import { parseAddress } from './address.ts'
import { openEmbedded } from './embedded/thread.ts'
import { mayRunAgain } from './failure.ts'
import type { Held } from './hold.ts'
import { migrate, type RoomMigrations } from './migrate.ts'
import { storeMigrations } from './migrations.ts'
import { Consumer, type NewEvent, pace, publish, type Subscription } from './outbox.ts'
import { openPool, type Pool } from './pool.ts'
import type { Database, StoreTables, Tx } from './tables.ts'

export interface StoreOptions {
  /** The setting `store`: `embedded`, or `postgres://user:password@host:port/database`. */
  readonly address: string
  /** The data directory this process holds; the embedded database lies in its folder `store`. */
  readonly held: Held
  /** Every room's migrations in the order data flows. The store's own come first by themselves. */
  readonly migrations: readonly RoomMigrations[]
  /** Gives up opening. Has no effect once the store is open. */
  readonly signal?: AbortSignal
}

/** What a data directory remembers: one database, embedded or PostgreSQL, for all rooms. */
export interface Store extends AsyncDisposable {
  readonly kind: 'embedded' | 'postgres'

  /** For reading. A room sees its own tables through `db.$extendTables<ItsTables>()`. */
  readonly db: Database

  /**
   * Runs `work` in one serializable transaction and commits. When it returns, everything written is durable: it survives
   * `kill -9`, and the loss of power as far as the disk keeps its word (see README).
   * When `work` throws, or the process dies, nothing of it has happened.
   * `work` MUST use `tx` for every statement (the embedded store has one connection: `db` would wait for `tx` for ever),
   * and MUST be able to run again from its beginning: when transactions meet, the loser is repeated up to {@link mostTries} times.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>

  /**
   * Puts an event into the outbox, as part of the transaction: it exists when, and only when, the transaction commits.
   * A second event of the same topic and key is left out. Publishing transactions commit one after another.
   */
  publish(tx: Tx, event: NewEvent): Promise<void>

  /**
   * Delivers events in order, beginning after the last one this consumer finished, at once and from then on.
   * Each is delivered at least once: after a crash or a failure again, until `handle` returns; until then later ones wait.
   * What `handle` writes through its `tx` happens exactly once, because the place reached is part of the same transaction.
   * Two subscriptions under one name, also in two processes, take turns. Ends when disposed or when the store closes.
   */
  subscribe(subscription: Subscription): AsyncDisposable

  /** Resolves when the store answers a statement; else throws a `store.*` fault within {@link connectWait}. */
  check(): Promise<void>

  /** Stops consumers after the event at hand, finishes transactions under way, then closes. A second call waits likewise. */
  [Symbol.asyncDispose](): Promise<void>
}

/** How often a transaction is begun before `store.busy` is thrown. */
export const mostTries = 8

/**
 * Opens the store and brings its tables up to date. Returns when both are done; on a fault nothing stays open.
 * The first start of an embedded store unpacks a prepared database; without one (a checkout not built yet) it is made, slower.
 * Throws `store.unreachable`, `store.refused`, `store.no-database`, `store.newer`, `store.damaged` and others of `store.*`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { pool, close, kind } = await openPlace(options)
  const db = new Kysely<StoreTables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await migrate(db, [storeMigrations, ...options.migrations])
    options.signal?.throwIfAborted()
  } catch (error) {
    await db.destroy()
    await close()
    throw error
  }
  return new OpenStore(kind, db, close)
}

interface Place {
  readonly kind: Store['kind']
  readonly pool: Pool
  close(): Promise<void>
}

async function openPlace({ address: text, held, signal }: StoreOptions): Promise<Place> {
  const address = parseAddress(text)
  if (address.kind === 'embedded') {
    const { reach, close } = await openEmbedded(held.path, signal)
    return { kind: 'embedded', pool: openPool(reach), close }
  }
  const { url, label } = address
  const config = { connectionString: url, max: 4, keepAlive: true, application_name: 'datong' }
  return { kind: 'postgres', pool: openPool({ config, label }), close: async () => {} }
}

class OpenStore implements Store {
  readonly kind: Store['kind']
  readonly db: Database
  readonly #close: () => Promise<void>
  readonly #consumers = new Set<Consumer>()
  readonly #published = new WeakSet<Tx>()
  #closed: Promise<void> | undefined

  constructor(kind: Store['kind'], db: Database, close: () => Promise<void>) {
    this.kind = kind
    this.db = db
    this.#close = close
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.#closed) throw fault('store.closed')
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(work)
      } catch (error) {
        if (attempt >= mostTries || !mayRunAgain(error)) throw error
        // the loser lets the winner finish; uneven pauses keep two losers from meeting again
        await new Promise((go) => setTimeout(go, Math.random() * 10 * 2 ** attempt))
      }
    }
  }

  /** Once, and wakes the consumers when events have been committed. */
  async #attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    let used: Tx | undefined
    const answer = await this.db
      .transaction()
      .setIsolationLevel('serializable')
      .execute((tx) => {
        used = tx
        return work(tx)
      })
    if (used && this.#published.has(used)) for (const consumer of this.#consumers) consumer.wake()
    return answer
  }

  async publish(tx: Tx, event: NewEvent): Promise<void> {
    this.#published.add(tx)
    await publish(tx, event)
  }

  subscribe(subscription: Subscription): AsyncDisposable {
    const consumer = new Consumer(
      {
        db: this.db,
        transaction: (work) => this.transaction(work),
        // the embedded store has one process, which wakes its consumers itself
        look: this.kind === 'embedded' ? undefined : pace.look,
      },
      subscription,
    )
    this.#consumers.add(consumer)
    return {
      [Symbol.asyncDispose]: async () => {
        await consumer[Symbol.asyncDispose]()
        this.#consumers.delete(consumer)
      },
    }
  }

  async check(): Promise<void> {
    if (this.#closed) throw fault('store.closed')
    await this.db.selectFrom('store_migration').select('number').limit(1).execute()
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= this.#shut()
    return this.#closed
  }

  async #shut(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer[Symbol.asyncDispose]()))
    await this.db.destroy()
    await this.#close()
  }
}
