import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { json, type RoomMigrations, type Store } from './index.ts'
import type { Event } from './outbox.ts'
import { rolledBack, storeKinds, type TestPlace, testPlace } from './testing.ts'

type Tables = {
  trial_note: { id: number; words: string; more: unknown }
}
const trial: RoomMigrations = {
  room: 'trial',
  steps: [
    {
      name: 'notes',
      up: ({ schema }) =>
        schema
          .createTable('trial_note')
          .addColumn('id', 'integer', (c) => c.primaryKey())
          .addColumn('words', 'text', (c) => c.notNull())
          .addColumn('more', 'jsonb')
          .execute(),
    },
  ],
}

const nasty = [
  '𬱖某', // outside the basic plane
  `O'Brien "x" \\ ; -- $1 %s`,
  "'); drop table trial_note; --",
  '\u200b\u202e\ufeff　',
  '列\n名\t\r',
  '\x01\x7f',
  'é é', // composed and decomposed stay different
  '',
  'null',
  '👨‍👩‍👧',
  'x'.repeat(300_000),
]

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no fault',
    (error: { code?: string }) => String(error.code),
  )

describe.each(storeKinds)('a store, %s', (kind) => {
  let place: TestPlace
  let store: Store
  const notes = () => store.db.$extendTables<Tables>()
  const note = (tx: Parameters<Parameters<Store['transaction']>[0]>[0], id: number, words: string) =>
    tx.$extendTables<Tables>().insertInto('trial_note').values({ id, words, more: null }).execute()
  const ids = async (): Promise<number[]> =>
    (await notes().selectFrom('trial_note').select('id').orderBy('id').execute()).map((n) => n.id)

  beforeAll(async () => {
    place = await testPlace(kind)
    store = await place.open([trial])
  })
  afterAll(async () => {
    await store[Symbol.asyncDispose]()
    await place[Symbol.asyncDispose]()
  })

  describe('values', () => {
    test.each(nasty.map((words) => [words.slice(0, 20), words]))('%j comes back as it went in', async (_, words) => {
      await rolledBack(store, async (tx) => {
        const own = tx.$extendTables<Tables>()
        await own
          .insertInto('trial_note')
          .values({ id: 1, words, more: json({ [words]: [words, 1, null] }) })
          .execute()
        const back = await own.selectFrom('trial_note').selectAll().where('words', '=', words).executeTakeFirstOrThrow()
        expect(back.words).toBe(words)
        expect(back.more).toEqual({ [words]: [words, 1, null] })
      })
    })

    test.each([
      ['NUL', 'a\0b'],
      ['half a surrogate pair', 'a\ud800'],
    ])('%s is refused, not changed', async (_, words) => {
      expect(await code(store.transaction((tx) => note(tx, 1, words)))).toBe('store.bad-text')
      expect(
        await code(
          store.transaction((tx) =>
            tx
              .$extendTables<Tables>()
              .insertInto('trial_note')
              .values({ id: 1, words: '', more: json({ words }) })
              .execute(),
          ),
        ),
      ).toBe('store.bad-text')
      expect(await ids()).toEqual([])
    })

    test('numbers, days and moments mean the same on every store', async () => {
      const { rows } = await sql`select count(*) as n, '9007199254740993'::bigint as big, 0.10::numeric as money,
        '2024-02-29'::date as day, '2024-02-29T12:00:00.123Z'::timestamptz as moment, true as yes,
        array['a','b'] as list, '\\x00ff'::bytea as bytes`.execute(store.db)
      const { bytes, ...row } = rows[0] as Record<string, unknown>
      expect(row).toEqual({
        n: 1,
        big: 9007199254740993n,
        money: '0.10',
        day: '2024-02-29',
        moment: new Date('2024-02-29T12:00:00.123Z'),
        yes: true,
        list: ['a', 'b'],
      })
      expect([...(bytes as Uint8Array)]).toEqual([0, 255])
    })
  })

  describe('transactions', () => {
    test('all of it happens or nothing', async () => {
      const stopped = store.transaction(async (tx) => {
        await note(tx, 1, 'a')
        await store.publish(tx, { topic: 'trial.never', key: 'x', body: null })
        throw new Error('stop')
      })
      await expect(stopped).rejects.toThrow('stop')
      expect(await ids()).toEqual([])
      expect(await store.db.selectFrom('store_event').selectAll().where('topic', '=', 'trial.never').execute()).toEqual(
        [],
      )
    })

    test('two that meet end as if one had come after the other', async () => {
      await store.transaction((tx) => note(tx, 1, '0'))
      const raise = () =>
        store.transaction(async (tx) => {
          const own = tx.$extendTables<Tables>()
          const { words } = await own
            .selectFrom('trial_note')
            .select('words')
            .where('id', '=', 1)
            .executeTakeFirstOrThrow()
          await own
            .updateTable('trial_note')
            .set({ words: String(Number(words) + 1) })
            .where('id', '=', 1)
            .execute()
        })
      await Promise.all(Array.from({ length: 8 }, raise))
      const found = await notes().selectFrom('trial_note').select('words').executeTakeFirstOrThrow()
      await notes().deleteFrom('trial_note').execute()
      expect(found.words).toBe('8')
    })

    test('a broken rule of the tables is a fault that names the rule and quotes no value', async () => {
      const secret = '110105194912310021'
      const twice = store.transaction(async (tx) => {
        await note(tx, 1, secret)
        await note(tx, 1, secret)
      })
      const error = await twice.catch((e: unknown) => e as { code: string; message: string; words: object })
      expect(error).toMatchObject({ code: 'store.constraint', particulars: { name: 'trial_note_pkey' } })
      expect(JSON.stringify(error)).not.toContain(secret)
      expect(await code(sql`select 1/0`.execute(store.db))).toBe('store.query-failed')
    })
  })

  describe('the outbox', () => {
    const publish = (topic: string, ...keys: readonly string[]) =>
      store.transaction(async (tx) => {
        for (const key of keys) await store.publish(tx, { topic, key, body: { key } })
      })
    const until = async (seen: () => boolean): Promise<void> => {
      for (let i = 0; !seen() && i < 1000; i++) await new Promise((wait) => setTimeout(wait, 10))
    }

    test('what was published before and after is delivered in order, of the topics asked for', async () => {
      await publish('trial.a', 'a1', 'a2')
      const got: string[] = []
      await using _all = store.subscribe({
        consumer: 'order',
        topics: ['trial.a', 'trial.b'],
        handle: async ({ key }) => void got.push(key),
      })
      await publish('trial.b', 'b1')
      await publish('trial.other', 'o1')
      await publish('trial.a', 'a3')
      await until(() => got.length >= 4)
      expect(got).toEqual(['a1', 'a2', 'b1', 'a3'])
    })

    test('many publishers at once: every event once, in the order of their numbers', async () => {
      const got: Event[] = []
      await using _all = store.subscribe({
        consumer: 'crowd',
        topics: ['trial.crowd'],
        handle: async (event) => void got.push(event),
      })
      await Promise.all(Array.from({ length: 20 }, (_, i) => publish('trial.crowd', `k${i}`)))
      await until(() => got.length >= 20)
      expect(got.map((e) => e.id)).toEqual(got.map((e) => e.id).sort((a, b) => a - b))
      expect(new Set(got.map((e) => e.key)).size).toBe(20)
      expect(got).toHaveLength(20)
    })

    test('the same fact published twice is one event', async () => {
      await publish('trial.once', 'k')
      await publish('trial.once', 'k')
      const found = await store.db.selectFrom('store_event').select('id').where('topic', '=', 'trial.once').execute()
      expect(found).toHaveLength(1)
    })

    test('a failing handler leaves no trace, is told of, and gets the event again before any later one', async () => {
      await publish('trial.hard', 'h1', 'h2')
      const seen: string[] = []
      const troubles: string[] = []
      await using _one = store.subscribe({
        consumer: 'hard',
        topics: ['trial.hard'],
        handle: async ({ key }, tx) => {
          seen.push(key)
          await note(tx, seen.length, key)
          if (seen.length < 3) throw new Error('not yet')
        },
        onTrouble: (problem) => troubles.push(problem.code),
      })
      await until(() => seen.length >= 4)
      expect(seen).toEqual(['h1', 'h1', 'h1', 'h2'])
      expect(troubles).toEqual(['core.unexpected', 'core.unexpected'])
    })

    test('what a handler wrote stands once, although the event came three times', async () => {
      for (let i = 0; i < 500 && (await ids()).length < 2; i++) await new Promise((wait) => setTimeout(wait, 10))
      expect(await ids()).toEqual([3, 4])
      await notes().deleteFrom('trial_note').execute()
    })

    test('a consumer goes on after a restart where it stopped; an event already consumed is not handled again', async () => {
      await publish('trial.later', 'l1', 'l2')
      const got: string[] = []
      const handle = async ({ key }: Event): Promise<void> => void got.push(key)
      const first = store.subscribe({ consumer: 'later', topics: ['trial.later'], handle })
      await until(() => got.length >= 2)
      await first[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      store = await place.open([trial])
      await publish('trial.later', 'l3')
      // even with its place set back by hand
      await store.db.updateTable('store_consumer').set({ position: 0 }).where('name', '=', 'later').execute()
      await using _again = store.subscribe({ consumer: 'later', topics: ['trial.later'], handle })
      await until(() => got.length >= 3)
      expect(got).toEqual(['l1', 'l2', 'l3'])
    })
  })

  describe('migrations', () => {
    const reopen = async (rooms: readonly RoomMigrations[]): Promise<void> => {
      await store[Symbol.asyncDispose]()
      store = await place.open(rooms)
    }
    const added = (name: string, up: (typeof trial)['steps'][number]['up']): RoomMigrations => ({
      room: 'trial',
      steps: [...trial.steps, { name, up }],
    })
    const applied = async () =>
      (
        await store.db.selectFrom('store_migration').select(['room', 'number', 'name']).orderBy('applied_at').execute()
      ).map((m) => `${m.room} ${m.number} ${m.name}`)

    test('are applied once each', async () => {
      await reopen([trial])
      expect(await applied()).toEqual(['store 1 outbox', 'trial 1 notes'])
    })

    test('one that fails leaves the tables as they were', async () => {
      const broken = added('broken', async (db) => {
        await db.schema.alterTable('trial_note').addColumn('extra', 'text').execute()
        await sql`select 1/0`.execute(db)
      })
      await store[Symbol.asyncDispose]()
      expect(await code(place.open([broken]))).toBe('store.query-failed')
      store = await place.open([trial])
      expect(await applied()).toEqual(['store 1 outbox', 'trial 1 notes'])
      expect(await code(sql`select extra from trial_note`.execute(store.db))).toBe('store.query-failed')
    })

    test('a database of a newer program, or of another set, is refused', async () => {
      await reopen([added('more', (db) => db.schema.alterTable('trial_note').addColumn('extra', 'text').execute())])
      await store[Symbol.asyncDispose]()
      expect(await code(place.open([trial]))).toBe('store.newer')
      expect(await code(place.open([]))).toBe('store.newer')
      expect(await code(place.open([added('other', async () => {})]))).toBe('store.migration-differs')
      store = await place.open([added('more', async () => {})])
      expect(await applied()).toHaveLength(3)
    })
  })

  test('a statement at work leaves the event loop free', async () => {
    let turns = 0
    const count = setInterval(() => turns++, 5)
    await sql`select pg_sleep(0.3)`.execute(store.db)
    clearInterval(count)
    expect(turns).toBeGreaterThan(3)
  })

  test('a closed store says so, and closing twice is one closing', async () => {
    await store.check()
    await Promise.all([store[Symbol.asyncDispose](), store[Symbol.asyncDispose]()])
    expect(await code(store.check())).toBe('store.closed')
    expect(await code(store.transaction(async () => {}))).toBe('store.closed')
  })
})
