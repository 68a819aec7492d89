import type { Watch } from '../core/index.ts'
import { call, col, countRows, from, lit, named, type Session, stage } from '../engine/index.ts'
import type { EntityKind, KindSummary } from './contract.ts'
import { table } from './entity.ts'
import { type LinkSource, steadyFields } from './plan.ts'

/** Counts what `resolveKind` kept: entities, those seen in several departments, those that are contradicted, records held back. */
export async function summarise(
  session: Session,
  sources: readonly LinkSource[],
  kind: EntityKind,
  watch: Watch,
): Promise<KindSummary> {
  const measured = steadyFields[kind].filter((short) => sources.some((s) => s.columns.has(short)))
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
  const tables = new Set(sources.map((s) => s.table))
  const records = [...tables].reduce((n, t) => n + t.files.reduce((m, f) => m + f.rows, 0), 0)
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
