import { mask, say, type Watch } from '../core/index.ts'
import {
  aggregate,
  and,
  ascending,
  call,
  col,
  countRows,
  descending,
  eq,
  from,
  lake,
  lit,
  named,
  notNull,
  oneOf,
  type Relation,
  ROW,
  type Row,
  type Session,
  stage,
  unionAll,
} from '../engine/index.ts'
import type { EntityKind, Oddity } from './contract.ts'
import { goldenValue, type LinkSource } from './plan.ts'
import { table } from './entity.ts'

/** A dataset where most numbers have one record: there, many records under one number are odd. */
const mostlyOnce = 0.6
const fewestAccounts = 5
const listed = 5

/** Finds cases worth showing. Needs the stages that `resolveKind` keeps. Words never hold open personal data. */
export async function findOddities(
  session: Session,
  sources: readonly LinkSource[],
  kinds: readonly EntityKind[],
  today: string,
  watch: Watch = {},
): Promise<Oddity[]> {
  const found: Oddity[] = []
  if (kinds.includes('person')) found.push(...(await manyAccounts(session, sources, watch)))
  if (kinds.includes('enterprise')) found.push(...(await manyVersions(session, sources, today, watch)))
  return found
}

const id = (kind: EntityKind, entity: unknown): string =>
  `${kind === 'person' ? 'P' : 'E'}${String(entity).padStart(7, '0')}`

async function manyAccounts(session: Session, sources: readonly LinkSource[], watch: Watch): Promise<Oddity[]> {
  const found: Oddity[] = []
  for (const s of sources.filter((s) => s.kind === 'person')) {
    const rows = s.table.files.reduce((n, f) => n + f.rows, 0)
    if (rows === 0 || s.distinctIds / rows < mostlyOnce) continue
    const heavy = from(named(table('person', 'members')))
      .where(eq(col('source'), lit(s.source)))
      .groupBy(col('entity'))
      .having(call('ge', countRows(), lit(fewestAccounts)))
      .select({ entity: col('entity'), n: countRows(), row: aggregate('min', [col('row')]) })
      .orderBy(descending(col('n')), ascending(col('entity')))
      .limit(listed)
      .done()
    const cases = await session.rows([stage('heavy', heavy)], watch)
    for (const c of cases) found.push(await account(session, s, c, watch))
  }
  return found.sort((a, b) => b.size - a.size).slice(0, listed)
}

async function account(session: Session, s: LinkSource, c: Row, watch: Watch): Promise<Oddity> {
  const [row] = await session.rows(
    [
      stage(
        'id',
        from(lake(s.table))
          .where(eq(col(ROW), lit(Number(c['row']))))
          .select({ number: s.identifier })
          .done(),
      ),
    ],
    watch,
  )
  const size = Number(c['n'])
  const words = say(
    { zh: '一个身份证号 {number} 在“{place}”有 {n} 条记录', en: 'one ID number {number} has {n} records in "{place}"' },
    { number: mask(String(row?.['number'] ?? '')), n: size, place: `${s.table.department}/${s.table.dataset}` },
  )
  return {
    id: `accounts-${id('person', c['entity'])}-${s.source}`,
    kind: 'one-number-many-accounts',
    entityKind: 'person',
    entity: id('person', c['entity']),
    size,
    departments: [s.table.department],
    words,
    versions: [],
  }
}

/** Enterprises by the number of names that departments give them, each name with who says so. */
async function manyVersions(
  session: Session,
  sources: readonly LinkSource[],
  today: string,
  watch: Watch,
): Promise<Oddity[]> {
  const several = from(named('enterprise_golden'))
    .where(call('and', notNull(col('QYMC')), call('gt', col('QYMC_versions'), lit(2))))
    .select({
      entity: col('entity'),
      name: col('QYMC'),
      versions: col('QYMC_versions'),
      departments: col('departments'),
    })
    .orderBy(descending(col('versions')), descending(col('departments')), ascending(col('entity')))
    .limit(listed)
    .done()
  const rows = await session.rows([stage('several', several)], watch)
  const entities = rows.map((r) => Number(r['entity']))
  const names =
    entities.length === 0 ? [] : await session.rows([stage('names', planNames(sources, entities, today))], watch)
  return rows.map((r) => ({
    id: `versions-${id('enterprise', r['entity'])}`,
    kind: 'one-firm-many-versions' as const,
    entityKind: 'enterprise' as const,
    entity: id('enterprise', r['entity']),
    size: Number(r['versions']),
    departments: [],
    words: say(
      {
        zh: '一家企业（{name}）在 {d} 个部门有 {n} 个名称版本',
        en: 'one firm ({name}) has {n} versions of its name in {d} departments',
      },
      { name: String(r['name']), d: Number(r['departments']), n: Number(r['versions']) },
    ),
    versions: versionsOf(names.filter((n) => Number(n['entity']) === Number(r['entity']))),
  }))
}

/** Names of a few enterprises by department. */
function planNames(sources: readonly LinkSource[], entities: readonly number[], today: string): Relation {
  const said = sources.flatMap((s) => {
    const column = s.kind === 'enterprise' ? s.columns.get('QYMC')?.column : undefined
    if (column === undefined) return []
    const read = from(lake(s.table))
      .select({ row: col(ROW), value: goldenValue('QYMC', col(column), today) })
      .done()
    return from(named(table('enterprise', 'members')), 'm')
      .join('inner', read, 'v', eq(col('row', 'm'), col('row', 'v')))
      .where(
        and(eq(col('source', 'm'), lit(s.source)), oneOf(col('entity', 'm'), entities), notNull(col('value', 'v'))),
      )
      .select({ entity: col('entity', 'm'), value: col('value', 'v'), department: lit(s.table.department) })
      .done()
  })
  return from(unionAll(said), 's')
    .groupBy(col('entity'), col('value'), col('department'))
    .select({ entity: col('entity'), value: col('value'), department: col('department'), n: countRows() })
    .orderBy(ascending(col('value')), ascending(col('department')))
    .done()
}

function versionsOf(rows: readonly Row[]): Oddity['versions'] {
  return [...Map.groupBy(rows, (r) => String(r['value']))]
    .map(([value, own]) => ({
      value,
      departments: own.map((r) => String(r['department'])),
      records: own.reduce((n, r) => n + Number(r['n']), 0),
    }))
    .sort(
      (a, b) => b.departments.length - a.departments.length || b.records - a.records || (a.value < b.value ? -1 : 1),
    )
}
