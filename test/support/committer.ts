/**
 * Opens a store, says what it finds there, then commits transaction after transaction and says the number of each one
 * acknowledged, until it is killed. Each writes two halves and an event: a torn transaction would show.
 * `node committer.ts <data directory> <store address>`
 */
import { writeSync } from 'node:fs'
import { sql } from 'kysely'
import { holdDirectory, openStore, type RoomMigrations } from '../../src/store/index.ts'

type Tables = { trial_half: { number: number; half: number } }

const trial: RoomMigrations = {
  room: 'trial',
  steps: [
    {
      name: 'halves',
      up: ({ schema }) =>
        schema
          .createTable('trial_half')
          .addColumn('number', 'integer', (c) => c.notNull())
          .addColumn('half', 'integer', (c) => c.notNull())
          .addPrimaryKeyConstraint('trial_half_pk', ['number', 'half'])
          .execute(),
    },
  ],
}

const say = (line: string): void => void writeSync(1, `${line}\n`)
const [data = '', address = ''] = process.argv.slice(2)
const held = await holdDirectory(data)
const store = await openStore({ address, held, migrations: [trial] })
const db = store.db.$extendTables<Tables>()

const { rows } = await sql<{ last: number; numbers: number; halves: number; events: number }>`
  select coalesce(max(number), 0) as last, count(distinct number) as numbers, count(*) as halves,
    (select count(*) from store_event) as events from trial_half`.execute(db)
const { last, numbers, halves, events } = rows[0]!
say(numbers === last && halves === 2 * last && events === last ? `found ${last}` : `torn ${JSON.stringify(rows[0])}`)

for (let number = last + 1; ; number++) {
  await store.transaction(async (tx) => {
    const own = tx.$extendTables<Tables>()
    await own.insertInto('trial_half').values({ number, half: 1 }).execute()
    await store.publish(tx, { topic: 'trial.committed', key: String(number), body: null })
    await own.insertInto('trial_half').values({ number, half: 2 }).execute()
  })
  say(`done ${number}`)
}
