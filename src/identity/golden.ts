import type { Watch } from '../core/index.ts'
import {
  aggregate,
  ascending,
  call,
  col,
  countRows,
  descending,
  eq,
  from,
  lit,
  named,
  notNull,
  type Relation,
  reading,
  ROW,
  type Session,
  stage,
  unionAll,
  values,
} from '../engine/index.ts'
import type { EntityKind } from './contract.ts'
import { table } from './entity.ts'
import { goldenFields, type LinkSource } from './plan.ts'

/** Survivorship of one field: the value most departments give, then most records, then the first in order; with its department. */
export async function keepGolden(
  session: Session,
  sources: readonly LinkSource[],
  kind: EntityKind,
  watch: Watch,
): Promise<void> {
  const departments = [...new Set(sources.map((s) => s.table.department))].sort(byBytes)
  const shorts = goldenFields[kind].filter((short) => sources.some((s) => s.golden.has(short)))
  const said = unionAll(sources.map((s) => planSaid(s, kind, shorts, departments.indexOf(s.table.department))))
  await session.keep([stage('said', said), stage(table(kind, 'g'), planShape())], watch)
  let built = from(named(table(kind, 'g')), 'g').select(
    ['entity', 'records', 'departments'].map((c) => [c, col(c, 'g')] as const),
  )
  const made: string[] = []
  for (const short of shorts) {
    const name = table(kind, `f_${short}`)
    await session.keep(
      [stage('counted', planCounted(short)), stage('versions', planVersions()), stage(name, planWinner(departments))],
      watch,
    )
    made.push(name)
    built = built.join('left', named(name), short, eq(col('entity', 'g'), col('entity', short))).select({
      [short]: col('value', short),
      [`${short}_source`]: col('department', short),
      [`${short}_versions`]: call('coalesce', col('versions', short), lit(0)),
    })
  }
  await session.keep([stage(table(kind, 'golden'), built.done())], watch)
  await session.drop([...made, 'said', 'counted', 'versions', table(kind, 'g')])
}

/** As engines order text. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

/** What the members of one source say of their entities; the department as its place in the order of names. */
function planSaid(s: LinkSource, kind: EntityKind, shorts: readonly string[], department: number): Relation {
  const fields = shorts.map((short) => [short, s.golden.get(short) ?? lit(null, 'text')] as const)
  return from(reading(s.table, fields, s.computed).done(), 'v')
    .join('inner', named(table(kind, 'members')), 'm', eq(col(ROW, 'v'), col('row', 'm')))
    .where(eq(col('source', 'm'), lit(s.source)))
    .select([
      ['entity', col('entity', 'm')],
      ['department', lit(department, 'bigint')],
      ...shorts.map((short) => [short, col(short, 'v')] as const),
    ])
    .done()
}

/** Records and departments of each entity. */
function planShape(): Relation {
  const each = from(named('said'))
    .groupBy(col('entity'), col('department'))
    .select({ entity: col('entity'), n: countRows() })
    .done()
  return from(each, 'e')
    .groupBy(col('entity'))
    .select({ entity: col('entity'), records: aggregate('sum', [col('n')]), departments: countRows() })
    .done()
}

/**
 * Departments and records behind each value; counted in two steps, which costs less than counting distinct ones. Names of people
 * with and without their dot are one version, written with it.
 */
function planCounted(short: string): Relation {
  const dotted = short === 'XM'
  const same = dotted ? call('replace', col(short), '·', '') : col(short)
  const each = from(named('said'))
    .where(notNull(col(short)))
    .groupBy(col('entity'), same, col('department'))
    .select({
      entity: col('entity'),
      same,
      // the dot stands before every Chinese character
      value: dotted ? aggregate('min', [col(short)]) : col(short),
      department: col('department'),
      n: countRows(),
    })
    .done()
  return from(each, 'e')
    .groupBy(col('entity'), col('same'))
    .select({
      entity: col('entity'),
      value: dotted ? aggregate('min', [col('value')]) : col('same'),
      departments: countRows(),
      n: aggregate('sum', [col('n')]),
      department: aggregate('min', [col('department')]),
    })
    .done()
}

function planVersions(): Relation {
  return from(named('counted'))
    .groupBy(col('entity'))
    .select({
      entity: col('entity'),
      versions: countRows(),
      value: aggregate('min', [col('value')]),
      department: aggregate('min', [col('department')]),
    })
    .done()
}

/** Most entities have one version, which needs no choice. */
function planWinner(departments: readonly string[]): Relation {
  const columns = ['entity', 'value', 'department', 'versions'] as const
  const only = from(named('versions'), 'o')
    .where(eq(col('versions'), lit(1)))
    .select(columns.map((c) => [c, col(c)] as const))
    .done()
  const chosen = from(named('counted'), 'c')
    .join('inner', named('versions'), 'v', eq(col('entity', 'c'), col('entity', 'v')))
    .where(call('gt', col('versions', 'v'), lit(1)))
    .select(columns.map((c) => [c, col(c, c === 'versions' ? 'v' : 'c')] as const))
    .firstOf(
      [col('entity', 'c')],
      [descending(col('departments', 'c')), descending(col('n', 'c')), ascending(col('value', 'c'))],
    )
    .done()
  const names = values(
    [
      ['place', 'bigint'],
      ['name', 'text'],
    ],
    departments.map((name, i) => [i, name]),
  )
  return from(unionAll([only, chosen]), 'w')
    .join('inner', names, 'd', eq(col('department', 'w'), col('place', 'd')))
    .select({
      entity: col('entity', 'w'),
      value: col('value', 'w'),
      department: col('name', 'd'),
      versions: col('versions', 'w'),
    })
    .done()
}
