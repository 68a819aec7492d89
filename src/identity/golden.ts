import type { Watch } from '../core/index.ts'
import {
  aggregate,
  and,
  ascending,
  col,
  call,
  countRows,
  descending,
  eq,
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
} from '../engine/index.ts'
import type { EntityKind } from './contract.ts'
import { table } from './entity.ts'
import { goldenFields, goldenValue, type LinkSource } from './plan.ts'

/** Survivorship of one field: the value most departments give, then most records, then the first in order; with its department. */
export async function keepGolden(
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
    const column = s.columns.get(short)?.column
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
