import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'
import { type Fault, fault } from '../core/index.ts'
import { connectFault, statementFault } from './failure.ts'

/** Connections, few and kept. Every error that leaves here is a fault. */
export interface Pool extends PostgresPool {
  connect(): Promise<PostgresPoolClient>
  end(): Promise<void>
}

/** How the one driver reaches either store: over the network, or through a stream into the embedded database's thread. */
export interface Reach {
  readonly config: pg.PoolConfig
  readonly label: string
  /** Why nothing can be reached any more, when that is known better than the driver tells it. */
  readonly broken?: () => Fault | undefined
}

/** Milliseconds to wait for a connection: to a server, or for a free one. */
export const connectWait = 10_000

export function openPool({ config, label, broken = () => undefined }: Reach): Pool {
  const pool = new pg.Pool({ connectionTimeoutMillis: connectWait, idleTimeoutMillis: 0, ...config, types })
  // an idle connection that breaks is replaced at the next use; nobody waits for it now
  pool.on('error', () => {})
  return {
    options: {},
    connect: async () => {
      if (pool.ending) throw fault('store.closed')
      const client = await pool.connect().catch((error: unknown) => {
        throw broken() ?? connectFault(error, label)
      })
      return judged(client, broken)
    },
    end: () => pool.end(),
  }
}

/** The client with its parameters judged on the way in and its errors on the way out. */
function judged(client: pg.PoolClient, broken: () => Fault | undefined): PostgresPoolClient {
  const known = clients.get(client)
  if (known) return known
  const query = async (text: string, values: readonly unknown[]): Promise<PostgresQueryResult<unknown>> => {
    for (const value of [text, ...values]) refuseBadText(value)
    try {
      return (await client.query(text, values as unknown[])) as unknown as PostgresQueryResult<unknown>
    } catch (error) {
      throw broken() ?? statementFault(error)
    }
  }
  client.on('error', () => {})
  const made = { query, release: (destroy?: boolean) => client.release(destroy) } as PostgresPoolClient
  clients.set(client, made)
  return made
}
const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()

/** PostgreSQL keeps neither NUL nor half a surrogate pair; the latter would quietly become U+FFFD. */
function refuseBadText(value: unknown): void {
  if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) throw fault('store.bad-text')
}

const int8 = 20
const date = 1082

/** `bigint` as a number where it is exact, `date` as its text: a day has no time zone. All else as the driver reads it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === int8) return (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text))
    if (oid === date) return (text: string) => text
    return pg.types.getTypeParser(oid, format ?? 'text')
  },
}
