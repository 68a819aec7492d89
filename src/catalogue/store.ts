import { canonicalJson, sha256 } from '../core/index.ts'
import { rawJson, type Store, type Tx } from '../store/index.ts'
import type { FieldProfile } from './contract.ts'
import type { CatalogueTables } from './tables.ts'

/** A version of a resource as a run found it, with its items. Sensitive values MUST be masked. */
export interface FoundVersion {
  readonly department: string
  readonly resource: string
  readonly version: string
  readonly sha256: string
  readonly rows: number
  readonly bytes: number
  readonly origin: unknown
  readonly items: readonly { readonly profile: FieldProfile; readonly binding: unknown }[]
}

/** A line of a resource's history. */
export interface VersionRecord {
  readonly version: string
  readonly sha256: string
  readonly rows: number
  readonly bytes: number
  readonly origin: unknown
  /** How many runs were about it; the first of them, when that had finished, and when the latest had. */
  readonly runs: number
  readonly firstRun: string
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
}

const tablesOf = (db: Store['db'] | Tx) =>
  db.$extendTables<CatalogueTables & { work_run: { id: string; finished_at: Date } }>()

const idOf = (...names: readonly string[]): string => sha256(canonicalJson(names)).slice(0, 32)

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters. */
const batch = 5000

/**
 * Writes down which versions a run was about. The run MUST stand in `work_run` already. What is known stays as it is;
 * nothing is ever changed or removed.
 */
export async function recordCatalogue(tx: Tx, run: string, found: readonly FoundVersion[]): Promise<void> {
  if (found.length === 0) return
  const own = tablesOf(tx)
  const described = found.map((f) => ({ ...f, department: idOf(f.department), ...namesOf(f), id: descriptionOf(f) }))
  const departments = new Map(found.map((f) => [idOf(f.department), f.department]))
  await own
    .insertInto('catalogue_department')
    .values([...departments].map(([id, name]) => ({ id, name })))
    .onConflict((c) => c.doNothing())
    .execute()
  for (const part of batches(described)) {
    await own
      .insertInto('catalogue_resource')
      .values(part.map(({ resourceId, department, name }) => ({ id: resourceId, department, name })))
      .onConflict((c) => c.doNothing())
      .execute()
    await own
      .insertInto('catalogue_version')
      .values(
        part.map(({ resourceId, version, sha256, rows, bytes, origin }) => ({
          ...{ resource: resourceId, version, sha256, rows, bytes, run },
          origin: rawJson(origin),
        })),
      )
      .onConflict((c) => c.doNothing())
      .execute()
    await recordDescriptions(tx, part)
    await own
      .insertInto('catalogue_run_version')
      .values(part.map(({ resourceId, version, id }) => ({ run, resource: resourceId, version, description: id })))
      .onConflict((c) => c.doNothing())
      .execute()
  }
}

type Described = FoundVersion & { readonly id: string; readonly resourceId: string }

async function recordDescriptions(tx: Tx, described: readonly Described[]): Promise<void> {
  const own = tablesOf(tx)
  const fresh = await own
    .insertInto('catalogue_description')
    .values(described.map(({ id, resourceId, version }) => ({ id, resource: resourceId, version })))
    .onConflict((c) => c.doNothing())
    .returning('id')
    .execute()
  const wanted = new Set(fresh.map(({ id }) => id))
  const items = described
    .filter(({ id }) => wanted.has(id))
    .flatMap(({ id, items }) =>
      items.map(({ profile, binding }) => ({
        ...{ description: id, position: profile.position, name: profile.name },
        profile: rawJson(profile),
        binding: rawJson(binding),
      })),
    )
  for (const part of batches(items)) await own.insertInto('catalogue_item').values(part).execute()
}

/** Versions of a resource, the latest met first. */
export async function listVersions(
  db: Store['db'],
  department: string,
  resource: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ items: VersionRecord[]; total: number }> {
  const own = tablesOf(db)
  const id = idOf(department, resource)
  const rows = await own
    .selectFrom('catalogue_version as v')
    .innerJoin('catalogue_run_version as s', (j) =>
      j.onRef('s.resource', '=', 'v.resource').onRef('s.version', '=', 'v.version'),
    )
    .innerJoin('work_run as r', 'r.id', 's.run')
    .innerJoin('work_run as f', 'f.id', 'v.run')
    .where('v.resource', '=', id)
    .select([
      'v.version',
      'v.sha256',
      'v.rows',
      'v.bytes',
      'v.origin',
      'v.run as firstRun',
      'f.finished_at as firstSeenAt',
    ])
    .select((e) => [e.fn.count<number>('s.run').as('runs'), e.fn.max('r.finished_at').as('lastSeenAt')])
    .groupBy(['v.resource', 'v.version', 'f.finished_at'])
    .orderBy('lastSeenAt', 'desc')
    .orderBy('v.version')
    .offset(offset)
    .limit(limit)
    .execute()
  const { total } = await own
    .selectFrom('catalogue_version')
    .where('resource', '=', id)
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows as unknown as VersionRecord[], total }
}

function namesOf({ department, resource }: FoundVersion): { resourceId: string; name: string } {
  return { resourceId: idOf(department, resource), name: resource }
}

function descriptionOf({ department, resource, version, items }: FoundVersion): string {
  return idOf(department, resource, version, canonicalJson(items))
}

function* batches<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += batch) yield list.slice(at, at + batch)
}
