import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { Store } from '../store/index.ts'
import { storeKinds, type TestPlace, testPlace } from '../store/testing.ts'
import { recordRun, workMigrations } from '../work/index.ts'
import type { FieldProfile } from './contract.ts'
import { type FoundVersion, listVersions, recordCatalogue } from './store.ts'
import { type CatalogueTables, catalogueMigrations } from './tables.ts'

const profile = (name: string, position: number): FieldProfile => ({
  name,
  position,
  inferred: { type: 'text', conforming: 1, filled: 1 },
  ...{ rows: 1, filled: 1, blank: 0, nullTokens: 0, distinct: 1, distinctExact: true },
  ...{ minLength: 1, maxLength: 1, min: null, max: null },
  // a cell of a data file may hold what a database refuses as text
  top: [{ value: 'a\0\ud800', count: 1 }],
  shapes: [],
})
const version = (id: string, names: readonly string[], resource = '台账#人口'): FoundVersion => ({
  ...{ department: '公安局', resource, version: id, sha256: id.repeat(4), rows: 1, bytes: 9 },
  origin: { path: '台账.xlsx' },
  items: names.map((name, i) => ({ profile: profile(name, i + 1), binding: null })),
})

describe.each(storeKinds)('the catalogue in a store, %s', (kind) => {
  let place: TestPlace
  let store: Store
  beforeAll(async () => {
    place = await testPlace(kind)
    store = await place.open([workMigrations, catalogueMigrations])
  })
  afterAll(async () => {
    await store[Symbol.asyncDispose]()
    await place[Symbol.asyncDispose]()
  })
  const totals = { departments: 1, datasets: 1, rows: 1, columns: 1, bound: 0, unreadableRows: 0 }
  const run = (id: string, day: number, ...found: readonly FoundVersion[]) =>
    store.transaction(async (tx) => {
      const at = new Date(Date.UTC(2026, 0, day))
      await recordRun(store, tx, { id, startedAt: at, finishedAt: at, evidence: id, synthetic: true, totals })
      await recordCatalogue(tx, id, found)
    })
  const db = () => store.db.$extendTables<CatalogueTables>()
  const countOf = async (table: keyof CatalogueTables): Promise<number> =>
    (
      await db()
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n

  test('runs on the same bytes share a version; one met again after another comes first again', async () => {
    await run('r1', 1, version('a', ['姓名']))
    await run('r2', 2, version('b', ['姓名', '证件']))
    await run('r3', 3, version('a', ['姓名']))
    const { items, total } = await listVersions(store.db, '公安局', '台账#人口', { offset: 0, limit: 10 })
    expect(items.map((v) => [v.version, v.runs, v.firstRun, v.lastSeenAt.getUTCDate()])).toEqual([
      ['a', 2, 'r1', 3],
      ['b', 1, 'r2', 2],
    ])
    expect([total, items[0]!.origin]).toEqual([2, { path: '台账.xlsx' }])
  })

  test('a description that has not changed is kept once; a changed one is added beside it', async () => {
    const [descriptions, items] = [await countOf('catalogue_description'), await countOf('catalogue_item')]
    await run('r4', 4, version('a', ['姓名']))
    expect([await countOf('catalogue_description'), await countOf('catalogue_item')]).toEqual([descriptions, items])
    await run('r5', 5, version('a', ['姓　名']))
    expect([await countOf('catalogue_description'), await countOf('catalogue_item')]).toEqual([
      descriptions + 1,
      items + 1,
    ])
  })

  test('what a cell held comes back as it was; names may be as long as they like', async () => {
    const long = '很长的名字'.repeat(3000)
    await run('r6', 6, version('c', [long], long))
    const found = await db().selectFrom('catalogue_item').selectAll().where('name', '=', long).executeTakeFirstOrThrow()
    expect(found.profile).toEqual(profile(long, 1))
    expect((await listVersions(store.db, '公安局', long, { offset: 0, limit: 1 })).total).toBe(1)
  })

  test.each(['catalogue_version', 'catalogue_description', 'catalogue_item'] as const)(
    'nobody changes or removes a row of %s, not even by hand',
    async (table) => {
      const before = await countOf(table)
      const refused = { code: 'store.constraint', particulars: { name: table } }
      await expect(db().deleteFrom(table).execute()).rejects.toMatchObject(refused)
      const [column] = table === 'catalogue_item' ? ['name'] : ['version']
      await expect(
        sql`update ${sql.table(table)} set ${sql.ref(column!)} = 'x'`.execute(store.db),
      ).rejects.toMatchObject(refused)
      expect(await countOf(table)).toBe(before)
    },
  )
})
