import { type Kysely, sql, type Transaction } from 'kysely'
import { fault } from '../core/index.ts'
import type { Database, StoreTables } from './tables.ts'

/** One step of a room's tables. Once released it is never changed: a new step is appended. */
export interface Migration {
  readonly name: string
  /** Runs once, in the one transaction of all steps. MUST touch the tables of its room alone. */
  up(db: Kysely<unknown>): Promise<void>
}

/** A room's migrations; their numbers are their places, from 1. */
export interface RoomMigrations {
  readonly room: string
  readonly steps: readonly Migration[]
}

/** Key of the advisory locks Datong takes in a PostgreSQL database ('dato' in ASCII), and what each one guards. */
const lockSpace = 0x6461746f
const locks = { migrate: 1, publish: 2 } as const

/** Waits for a lock that the transaction holds until it ends. */
export async function lock(tx: Transaction<StoreTables>, what: keyof typeof locks): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(lockSpace)}, ${sql.lit(locks[what])})`.execute(tx)
}

/**
 * Brings the tables of every room up to date: all missing steps, room after room, in one transaction under a lock.
 * Either all are applied or none. Throws `store.newer` and `store.migration-differs` before changing anything.
 */
export async function migrate(db: Database, rooms: readonly RoomMigrations[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await lock(tx, 'migrate')
    await ownTable(tx)
    const applied = await tx.selectFrom('store_migration').select(['room', 'number', 'name']).execute()
    for (const step of applied) refuseUnknown(step, rooms)
    const known = new Set(applied.map(({ room, number }) => `${room}/${number}`))
    for (const { room, steps } of rooms)
      for (const [i, { name, up }] of steps.entries()) {
        if (known.has(`${room}/${i + 1}`)) continue
        await up(tx as unknown as Kysely<unknown>)
        await tx
          .insertInto('store_migration')
          .values({ room, number: i + 1, name })
          .execute()
      }
  })
}

async function ownTable(tx: Transaction<StoreTables>): Promise<void> {
  await tx.schema
    .createTable('store_migration')
    .ifNotExists()
    .addColumn('room', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('applied_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addPrimaryKeyConstraint('store_migration_pk', ['room', 'number'])
    .execute()
}

function refuseUnknown(step: { room: string; number: number; name: string }, rooms: readonly RoomMigrations[]): void {
  const { room, number, name: found } = step
  const known = rooms.find((r) => r.room === room)?.steps[number - 1]?.name
  if (known === undefined) throw fault('store.newer', { room, number, name: found })
  if (known !== found) throw fault('store.migration-differs', { room, number, found, known })
}
