import type { RoomMigrations, Store } from '../store/index.ts'
import type { Session } from './sign-in.ts'

type AccessTables = {
  /** 会话: the SHA-256 of a session's secret; the secret itself is kept nowhere. */
  access_session: { digest: string; role: Session['role']; expires_at: Date }
}

export const accessMigrations: RoomMigrations = {
  room: 'access',
  steps: [
    {
      name: 'sessions',
      up: ({ schema }) =>
        schema
          .createTable('access_session')
          .addColumn('digest', 'text', (c) => c.primaryKey())
          .addColumn('role', 'text', (c) => c.notNull())
          .addColumn('expires_at', 'timestamptz', (c) => c.notNull())
          .execute(),
    },
  ],
}

/** Where sessions outlive the process. What it holds opens nothing: digests cannot be turned back. */
export interface SessionBook {
  /** Sessions good at that moment, by digest; others are forgotten. */
  load(now: Date): Promise<Map<string, Session>>
  save(digest: string, session: Session): Promise<void>
  remove(digest: string): Promise<void>
}

export function storedSessions(store: Store): SessionBook {
  const own = store.db.$extendTables<AccessTables>()
  return {
    async load(now) {
      await own.deleteFrom('access_session').where('expires_at', '<', now).execute()
      const rows = await own.selectFrom('access_session').selectAll().execute()
      return new Map(rows.map(({ digest, role, expires_at }) => [digest, { role, expiresAt: expires_at }]))
    },
    async save(digest, { role, expiresAt }) {
      await own.insertInto('access_session').values({ digest, role, expires_at: expiresAt }).execute()
    },
    async remove(digest) {
      await own.deleteFrom('access_session').where('digest', '=', digest).execute()
    },
  }
}
