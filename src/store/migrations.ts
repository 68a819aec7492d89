import { sql } from 'kysely'
import type { RoomMigrations } from './migrate.ts'

export const storeMigrations: RoomMigrations = {
  room: 'store',
  steps: [
    {
      name: 'outbox',
      async up({ schema }) {
        await schema
          .createTable('store_event')
          .addColumn('id', 'bigint', (c) => c.generatedAlwaysAsIdentity().primaryKey())
          .addColumn('topic', 'text', (c) => c.notNull())
          .addColumn('key', 'text', (c) => c.notNull())
          .addColumn('body', 'jsonb', (c) => c.notNull())
          .addColumn('published_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
          .addUniqueConstraint('store_event_once', ['topic', 'key'])
          .execute()
        await schema
          .createTable('store_consumer')
          .addColumn('name', 'text', (c) => c.primaryKey())
          .addColumn('position', 'bigint', (c) => c.notNull())
          .execute()
        await schema
          .createTable('store_consumed')
          .addColumn('consumer', 'text', (c) => c.notNull().references('store_consumer.name'))
          .addColumn('event', 'bigint', (c) => c.notNull().references('store_event.id'))
          .addColumn('consumed_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
          .addPrimaryKeyConstraint('store_consumed_pk', ['consumer', 'event'])
          .execute()
      },
    },
  ],
}
