import type { Watch } from '../core/index.ts'
import {
  aggregate,
  and,
  ascending,
  call,
  col,
  countRows,
  descending,
  eq,
  type Expr,
  from,
  lake,
  lit,
  named,
  notNull,
  over,
  type Relation,
  ROW,
  type Session,
  stage,
  unionAll,
  values,
  when,
} from '../engine/index.ts'
import type { EntityKind, KindSummary } from './contract.ts'
import { groupNames } from './names.ts'
import { goldenFields, goldenValue, type LinkSource, ownColumn, planRecords, steadyFields } from './plan.ts'

/** An identifier with more names than this stands for nothing: a default value, not a person. */
export const mostNames = 30

export const table = (kind: EntityKind, what: string): string => `${kind}_${what}`

/**
 * Resolves the records of one kind to entities. Keeps in the session: `<kind>_members` (source, row, entity, held),
 * `<kind>_golden` (one row per entity). Who belongs together does not depend on the order of records or on threads.
 */
export async function resolveKind(
  session: Session,
  sources: readonly LinkSource[],
  kind: EntityKind,
  today: string,
  watch: Watch = {},
): Promise<KindSummary> {
  const quiet: Watch = watch.signal ? { signal: watch.signal } : {}
  const own = sources.filter((s) => s.kind === kind)
  if (own.length === 0)
    return { kind, records: 0, identified: 0, entities: 0, shared: 0, contradicting: 0, heldBack: 0 }
  await session.keep([stage(table(kind, 'records'), planRecords(sources, kind))], quiet)
  if (kind === 'person') await clusterPeople(session, quiet)
  else await clusterEnterprises(session, quiet)
  await session.keep(
    [stage(table(kind, 'entities'), planEntities(kind)), stage(table(kind, 'members'), planMembers(kind))],
    quiet,
  )
  await golden(session, own, kind, today, quiet)
  const summary = await summarise(session, own, kind, quiet)
  await session.drop([table(kind, 'records'), table(kind, 'clusters'), table(kind, 'entities')])
  return summary
}

/** People: one valid number is one person, unless its names disagree; then each group of agreeing names is one. */
async function clusterPeople(session: Session, watch: Watch): Promise<void> {
  const perName = from(named('person_records'))
    .where(and(notNull(col('id')), notNull(col('name'))))
    .groupBy(col('id'), col('name'))
    .select({ id: col('id'), name: col('name'), n: countRows() })
    .done()
  const many = from(named('person_names'))
    .groupBy(col('id'))
    .having(call('gt', countRows(), lit(1)))
    .select({ id: col('id'), names: countRows() })
    .done()
  await session.keep([stage('person_names', perName), stage('person_many', many)], watch)
  const disputed = from(named('person_names'), 'n')
    .join('inner', named('person_many'), 'm', eq(col('id', 'n'), col('id', 'm')))
    .select({ id: col('id', 'n'), name: col('name', 'n'), n: col('n', 'n') })
    .orderBy(ascending(col('id')), ascending(col('name')))
    .done()
  await keepGroups(session, disputed, watch)
  const clusters = from(named('person_records'), 'r')
    .join(
      'left',
      named('person_groups'),
      'g',
      and(eq(col('id', 'r'), col('id', 'g')), eq(col('name', 'r'), col('name', 'g'))),
    )
    .where(notNull(col('id', 'r')))
    .select({
      source: col('source', 'r'),
      row: col('row', 'r'),
      key: col('id', 'r'),
      part: call('coalesce', col('grp', 'g'), lit(0, 'bigint')),
    })
    .done()
  await session.keep([stage('person_clusters', clusters)], watch)
  await session.drop(['person_names', 'person_many', 'person_groups'])
}

/** Names that disagree under one number are few: they are compared in the program, as people write them. −1 quarantines a hub. */
async function keepGroups(session: Session, disputed: Relation, watch: Watch): Promise<void> {
  const columns = [
    ['id', 'text'],
    ['name', 'text'],
    ['grp', 'bigint'],
  ] as const
  const parts: Relation[] = []
  let found: [string, string, number][] = []
  let current: { id: string; names: { name: string; count: number }[] } = { id: '', names: [] }
  const finish = (): void => {
    const { id, names } = current
    if (names.length === 0) return
    const groups = names.length > mostNames ? undefined : groupNames(names)
    for (const { name } of names) {
      const group = groups === undefined ? -1 : groups.get(name)!
      if (group !== 0) found.push([id, name, group])
    }
  }
  const flush = async (): Promise<void> => {
    const name = `person_groups_${parts.length}`
    await session.keep([stage(name, values(columns, found))], watch)
    parts.push(named(name))
    found = []
  }
  for await (const batch of session.stream([stage('disputed', disputed)], watch)) {
    for (const row of batch) {
      if (row['id'] !== current.id) {
        finish()
        current = { id: String(row['id']), names: [] }
      }
      current.names.push({ name: String(row['name']), count: Number(row['n']) })
    }
  }
  finish()
  const all = found
  found = []
  for (let i = 0; i === 0 || i < all.length; i += 20_000) {
    found = all.slice(i, i + 20_000)
    await flush()
  }
  await session.keep([stage('person_groups', unionAll(parts))], watch)
  await session.drop(parts.map((_, i) => `person_groups_${i}`))
}

/**
 * Enterprises: the organisation code inside any valid code is the key; a registration number counts where other records tie
 * it to exactly one organisation code. A code outlives a name, so names do not split; a branch under its head office's code does.
 */
async function clusterEnterprises(session: Session, watch: Watch): Promise<void> {
  const tied = from(named('enterprise_records'))
    .where(and(notNull(col('id')), notNull(col('registration'))))
    .groupBy(col('registration'))
    .having(eq(aggregate('countDistinct', [col('id')]), lit(1)))
    .select({ registration: col('registration'), id: aggregate('min', [col('id')]) })
    .done()
  const key = call(
    'coalesce',
    col('id', 'r'),
    col('id', 't'),
    when([[notNull(col('registration', 'r')), call('concat', 'R', col('registration', 'r'))]]),
  )
  const branch = when(
    [
      [
        call(
          'finds',
          call('coalesce', col('name', 'r'), lit('')),
          '(分公司|支行|分行|分店|营业部|分部|门市部)(\\(.*\\))?$',
        ),
        lit(1, 'bigint'),
      ],
    ],
    lit(0, 'bigint'),
  )
  const keyed = from(named('enterprise_records'), 'r')
    .join('left', named('enterprise_tied'), 't', eq(col('registration', 'r'), col('registration', 't')))
    .select({ source: col('source', 'r'), row: col('row', 'r'), key, part: branch })
    .done()
  const clusters = from(named('enterprise_keyed'))
    .where(notNull(col('key')))
    .select({ source: col('source'), row: col('row'), key: col('key'), part: col('part') })
    .done()
  await session.keep(
    [stage('enterprise_tied', tied), stage('enterprise_keyed', keyed), stage('enterprise_clusters', clusters)],
    watch,
  )
  await session.drop(['enterprise_tied', 'enterprise_keyed'])
}

/** Numbers the clusters by their first record in the order of datasets; a quarantined cluster gets none. */
function planEntities(kind: EntityKind): Relation {
  const first = call('add', call('multiply', col('source'), lit(1_000_000_000_000n)), col('row'))
  const clusters = from(named(table(kind, 'clusters')))
    .where(call('ge', col('part'), lit(0)))
    .groupBy(col('key'), col('part'))
    .select({ key: col('key'), part: col('part'), first: aggregate('min', [first]) })
    .done()
  return from(clusters, 'c')
    .select({
      key: col('key'),
      part: col('part'),
      entity: over('rowNumber', [], [], [ascending(col('first')), ascending(col('key')), ascending(col('part'))]),
    })
    .done()
}

/** `P0000001`, `E0000001`: never made of identifiers. */
export function entityName(kind: EntityKind, number: Expr): Expr {
  return call(
    'concat',
    kind === 'person' ? 'P' : 'E',
    call('leftPad', { kind: 'cast', value: number, to: 'text', lenient: false }, 7, '0'),
  )
}

function planMembers(kind: EntityKind): Relation {
  return from(named(table(kind, 'clusters')), 'c')
    .join(
      'inner',
      named(table(kind, 'entities')),
      'e',
      and(eq(col('key', 'c'), col('key', 'e')), eq(col('part', 'c'), col('part', 'e'))),
    )
    .select({ source: col('source', 'c'), row: col('row', 'c'), entity: col('entity', 'e'), part: col('part', 'c') })
    .done()
}

/** Survivorship of one field: the value most departments give, then most records, then the first in order; with its department. */
async function golden(
  session: Session,
  sources: readonly LinkSource[],
  kind: EntityKind,
  today: string,
  watch: Watch,
): Promise<void> {
  const shape = from(named(table(kind, 'members')))
    .groupBy(col('entity'))
    .select({ entity: col('entity'), records: countRows() })
    .done()
  await session.keep([stage(table(kind, 'g'), shape)], watch)
  const departments = from(unionAll(sources.map((s) => departmentOf(s, kind))), 'd')
    .groupBy(col('entity'))
    .select({ entity: col('entity'), departments: aggregate('countDistinct', [col('department')]) })
    .done()
  await session.keep([stage(table(kind, 'd'), departments)], watch)
  let built = from(named(table(kind, 'g')), 'g')
    .join('inner', named(table(kind, 'd')), 'd', eq(col('entity', 'g'), col('entity', 'd')))
    .select({ entity: col('entity', 'g'), records: col('records', 'g'), departments: col('departments', 'd') })
  const made: string[] = []
  for (const short of goldenFields[kind]) {
    const said = fieldValues(sources, kind, short, today)
    if (said.length === 0) continue
    const name = table(kind, `f_${short}`)
    await session.keep([stage('counted', counted(said)), stage(name, winner())], watch)
    made.push(name)
    built = built.join('left', named(name), short, eq(col('entity', 'g'), col('entity', short))).select({
      [short]: col('value', short),
      [`${short}_source`]: col('department', short),
      [`${short}_versions`]: call('coalesce', col('versions', short), lit(0)),
    })
  }
  await session.keep([stage(table(kind, 'golden'), built.done())], watch)
  await session.drop([...made, 'counted', table(kind, 'g'), table(kind, 'd')])
}

function departmentOf(s: LinkSource, kind: EntityKind): Relation {
  return from(named(table(kind, 'members')))
    .where(eq(col('source'), lit(s.source)))
    .select({ entity: col('entity'), department: lit(s.table.department) })
    .distinct()
    .done()
}

function fieldValues(sources: readonly LinkSource[], kind: EntityKind, short: string, today: string): Relation[] {
  return sources.flatMap((s) => {
    const column = ownColumn(s.bindings, short)
    if (column === undefined) return []
    const read = from(lake(s.table))
      .select({ row: col(ROW), value: goldenValue(short, col(column), today) })
      .done()
    return from(named(table(kind, 'members')), 'm')
      .join('inner', read, 'v', eq(col('row', 'm'), col('row', 'v')))
      .where(and(eq(col('source', 'm'), lit(s.source)), notNull(col('value', 'v'))))
      .groupBy(col('entity', 'm'), col('value', 'v'))
      .select({
        entity: col('entity', 'm'),
        value: col('value', 'v'),
        department: lit(s.table.department),
        n: countRows(),
      })
      .done()
  })
}

function counted(said: readonly Relation[]): Relation {
  return from(unionAll(said), 's')
    .groupBy(col('entity'), col('value'))
    .select({
      entity: col('entity'),
      value: col('value'),
      departments: aggregate('countDistinct', [col('department')]),
      n: aggregate('sum', [col('n')]),
      department: aggregate('min', [col('department')]),
    })
    .done()
}

function winner(): Relation {
  const versions = over('count', [], [col('entity')])
  return from(named('counted'))
    .select({ entity: col('entity'), value: col('value'), department: col('department'), versions })
    .firstOf([col('entity')], [descending(col('departments')), descending(col('n')), ascending(col('value'))])
    .done()
}

async function summarise(
  session: Session,
  sources: readonly LinkSource[],
  kind: EntityKind,
  watch: Watch,
): Promise<KindSummary> {
  const measured = steadyFields[kind].filter((short) => sources.some((s) => ownColumn(s.bindings, short) !== undefined))
  const differs = measured.map((short) => call('gt', col(`${short}_versions`), lit(1)))
  const [entities] = await session.rows(
    [
      stage(
        's',
        from(named(table(kind, 'golden')))
          .select({
            entities: countRows(),
            shared: countRows(call('gt', col('departments'), lit(1))),
            contradicting: countRows(differs.length > 1 ? call('or', ...differs) : (differs[0] ?? lit(false))),
          })
          .done(),
      ),
    ],
    watch,
  )
  const [members] = await session.rows(
    [
      stage(
        'm',
        from(named(table(kind, 'members')))
          .select({ identified: countRows(), minor: countRows(call('gt', col('part'), lit(0))) })
          .done(),
      ),
    ],
    watch,
  )
  const [clusters] = await session.rows(
    [
      stage(
        'c',
        from(named(table(kind, 'clusters')))
          .select({ hubs: countRows(call('lt', col('part'), lit(0))) })
          .done(),
      ),
    ],
    watch,
  )
  const records = sources.reduce((n, s) => n + s.table.files.reduce((m, f) => m + f.rows, 0), 0)
  const heldBack = Number(clusters!['hubs']) + (kind === 'person' ? Number(members!['minor']) : 0)
  return {
    kind,
    records,
    identified: Number(members!['identified']),
    entities: Number(entities!['entities']),
    shared: Number(entities!['shared']),
    contradicting: Number(entities!['contradicting']),
    heldBack,
  }
}
