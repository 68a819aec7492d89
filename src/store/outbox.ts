import type { Fault } from '../core/index.ts'
import { asFault } from '../core/index.ts'
import { lock } from './migrate.ts'
import { type Database, json, type Tx } from './tables.ts'

/** News from one room to the rooms downstream of it. */
export interface Event {
  /** Grows in the order in which the publishing transactions committed. */
  readonly id: number
  /** `<noun>.<what happened>`, e.g. `run.finished`. */
  readonly topic: string
  /** What it happened to. The same topic and key are one event, however often they are published. */
  readonly key: string
  /** Particulars. MUST NOT hold personal data: events are kept. */
  readonly body: unknown
}
export type NewEvent = Omit<Event, 'id'>

/** Works on one event. Everything it writes through `tx` takes effect once; everything else may happen again. */
export type Handler = (event: Event, tx: Tx) => Promise<void>

export interface Subscription {
  /** Stable name: the place reached is kept under it. */
  readonly consumer: string
  readonly topics: readonly string[]
  readonly handle: Handler
  /** Told each time an event could not be handled; it is tried again, and later events wait. */
  readonly onTrouble?: (problem: Fault) => void
}

/** Milliseconds: between looks for events of other processes on PostgreSQL, and the longest pause after failures. */
export const pace = { look: 1000, longestPause: 30_000 } as const

export async function publish(tx: Tx, { topic, key, body }: NewEvent): Promise<void> {
  // publishers go one after another, so that a number drawn later is never seen earlier
  await lock(tx, 'publish')
  await tx
    .insertInto('store_event')
    .values({ topic, key, body: json(body) })
    .onConflict((c) => c.columns(['topic', 'key']).doNothing())
    .execute()
}

/** What a consumer needs of the store. */
export interface Outlet {
  readonly db: Database
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Milliseconds between looks for events published by other processes; none can come when undefined. */
  readonly look: number | undefined
}

/** One consumer at work: event after event, each in its own transaction, until it is stopped. */
export class Consumer implements AsyncDisposable {
  readonly #outlet: Outlet
  readonly #subscription: Subscription
  readonly #done: Promise<void>
  #stopped = false
  #news = Promise.withResolvers<void>()

  constructor(outlet: Outlet, subscription: Subscription) {
    this.#outlet = outlet
    this.#subscription = subscription
    this.#done = this.#run()
  }

  /** There may be something new. */
  wake(): void {
    this.#news.resolve()
  }

  /** Waits for the event being handled; takes no further one. A second call waits likewise. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true
    this.wake()
    await this.#done
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#stopped; ) {
      this.#news = Promise.withResolvers()
      try {
        const handled = (await this.#waiting()) && (await this.#next())
        failures = 0
        if (!handled) await this.#pause(this.#outlet.look)
      } catch (error) {
        failures++
        this.#subscription.onTrouble?.(asFault(error))
        await this.#pause(Math.min(pace.longestPause, 100 * 2 ** failures))
      }
    }
  }

  async #pause(milliseconds: number | undefined): Promise<void> {
    if (this.#stopped) return
    const timer = milliseconds === undefined ? undefined : setTimeout(() => this.wake(), milliseconds).unref()
    await this.#news.promise
    clearTimeout(timer)
  }

  /** Whether an event waits: a plain look, which writes nothing and locks nothing. */
  async #waiting(): Promise<boolean> {
    const { db } = this.#outlet
    const { consumer, topics } = this.#subscription
    const found = await db
      .selectFrom('store_event')
      .select('id')
      .where('topic', 'in', topics)
      .where('id', '>', (e) =>
        e.fn.coalesce(e.selectFrom('store_consumer').select('position').where('name', '=', consumer), e.lit(0)),
      )
      .limit(1)
      .executeTakeFirst()
    return found !== undefined
  }

  /** Handles the next event and moves on, all in one transaction; false when there is none. */
  #next(): Promise<boolean> {
    const { consumer, topics, handle } = this.#subscription
    return this.#outlet.transaction(async (tx) => {
      const position = await placeOf(tx, consumer)
      const event = await tx
        .selectFrom('store_event')
        .select(['id', 'topic', 'key', 'body'])
        .where('id', '>', position)
        .where('topic', 'in', topics)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
      if (event === undefined) return false
      const first = await tx
        .insertInto('store_consumed')
        .values({ consumer, event: event.id })
        .onConflict((c) => c.columns(['consumer', 'event']).doNothing())
        .executeTakeFirst()
      if (first.numInsertedOrUpdatedRows === 1n) await handle(event, tx)
      await tx.updateTable('store_consumer').set({ position: event.id }).where('name', '=', consumer).execute()
      return true
    })
  }
}

/** Where the consumer stands. Its row stays locked, so that two processes under one name take turns. */
async function placeOf(tx: Tx, consumer: string): Promise<number> {
  await tx
    .insertInto('store_consumer')
    .values({ name: consumer, position: 0 })
    .onConflict((c) => c.column('name').doNothing())
    .execute()
  const { position } = await tx
    .selectFrom('store_consumer')
    .select('position')
    .where('name', '=', consumer)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return position
}
