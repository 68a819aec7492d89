import type { Watch } from '../core/index.ts'
import {
  aggregate,
  and,
  ascending,
  call,
  col,
  eq,
  from,
  lit,
  named,
  over,
  type Relation,
  type Session,
  stage,
} from '../engine/index.ts'
import { clusterEnterprises, clusterPeople } from './cluster.ts'
import type { EntityKind, KindSummary } from './contract.ts'
import { table } from './entity.ts'
import { keepGolden } from './golden.ts'
import { type LinkSource, planRecords } from './plan.ts'
import { summarise } from './summarise.ts'

/**
 * Resolves the records of one kind to entities. Keeps in the session: `<kind>_members` (source, row, entity, held),
 * `<kind>_golden` (one row per entity). Who belongs together does not depend on the order of records or on threads.
 */
export async function resolveKind(
  session: Session,
  sources: readonly LinkSource[],
  kind: EntityKind,
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
  await keepGolden(session, own, kind, quiet)
  const summary = await summarise(session, own, kind, quiet)
  await session.drop([table(kind, 'records'), table(kind, 'clusters'), table(kind, 'entities')])
  return summary
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
