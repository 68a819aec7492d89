import type { Watch } from '../core/index.ts'
import {
  aggregate,
  and,
  ascending,
  call,
  col,
  countRows,
  eq,
  from,
  lit,
  named,
  notNull,
  type Relation,
  type Session,
  stage,
  unionAll,
  values,
  when,
} from '../engine/index.ts'
import { groupNames, type NameUnder } from './names.ts'

/** An identifier with more names than this stands for nothing: a default value, not a person. */
export const mostNames = 30

/** People: one valid number is one person, unless its names disagree; then each group of agreeing names is one. */
export async function clusterPeople(session: Session, watch: Watch): Promise<void> {
  const perName = from(named('person_records'))
    .where(and(notNull(col('id')), notNull(col('name'))))
    .groupBy(col('id'), col('name'))
    .select({ id: col('id'), name: col('name'), n: countRows(), doubt: aggregate('min', [col('doubt')]) })
    .done()
  const many = from(named('person_names'))
    .groupBy(col('id'))
    .having(call('gt', countRows(), lit(1)))
    .select({ id: col('id'), names: countRows() })
    .done()
  await session.keep([stage('person_names', perName), stage('person_many', many)], watch)
  const disputed = from(named('person_names'), 'n')
    .join('inner', named('person_many'), 'm', eq(col('id', 'n'), col('id', 'm')))
    .select({ id: col('id', 'n'), name: col('name', 'n'), n: col('n', 'n'), doubt: col('doubt', 'n') })
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
  let current: { id: string; names: NameUnder[] } = { id: '', names: [] }
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
      current.names.push({
        name: String(row['name']),
        count: Number(row['n']),
        doubted: Number(row['doubt']) === 1,
      })
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
export async function clusterEnterprises(session: Session, watch: Watch): Promise<void> {
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
  const keyed = from(named('enterprise_records'), 'r')
    .join('left', named('enterprise_tied'), 't', eq(col('registration', 'r'), col('registration', 't')))
    .select({ source: col('source', 'r'), row: col('row', 'r'), key, name: col('name', 'r'), branch: branchName })
    .done()
  await session.keep(
    [
      stage('enterprise_tied', tied),
      stage('enterprise_keyed', keyed),
      stage('enterprise_heads', planHeads()),
      stage('enterprise_clusters', planBranches()),
    ],
    watch,
  )
  await session.drop(['enterprise_tied', 'enterprise_keyed', 'enterprise_heads'])
}

const branchEnding = '(分公司|支行|分行|分店|营业部|分部|门市部)(\\(.*\\))?$'
/** The name where it is that of a branch. */
const branchName = when([[call('finds', call('coalesce', col('name', 'r'), lit('')), branchEnding), col('name', 'r')]])

/** Codes that belong to a head office: most of the names under them are no branch's. */
function planHeads(): Relation {
  const isBranch = call('and', notNull(col('name')), notNull(col('branch')))
  return from(named('enterprise_keyed'))
    .where(notNull(col('key')))
    .groupBy(col('key'))
    .having(call('lt', call('multiply', countRows(isBranch), lit(2)), countRows(notNull(col('name')))))
    .select({ key: col('key') })
    .done()
}

/** A branch under its head office's code is an entity of its own, named by its name; under its own code it is that code's. */
function planBranches(): Relation {
  const apart = and(notNull(col('key', 'h')), notNull(col('branch', 'k')))
  return from(named('enterprise_keyed'), 'k')
    .join('left', named('enterprise_heads'), 'h', eq(col('key', 'k'), col('key', 'h')))
    .where(notNull(col('key', 'k')))
    .select({
      source: col('source', 'k'),
      row: col('row', 'k'),
      key: when([[apart, call('concat', col('key', 'k'), ' ', col('branch', 'k'))]], col('key', 'k')),
      part: lit(0, 'bigint'),
    })
    .done()
}
