import { type FoundVersion, recordCatalogue } from '../catalogue/index.ts'
import type { Result } from '../report/index.ts'
import type { Store, Tx } from '../store/index.ts'
import { recordRun, runKnown } from '../work/index.ts'
import { maskedField } from './assemble.ts'
import { currentRun, latestRun } from './finished.ts'
import type { Studied } from './workspace.ts'

/** Writes a finished run, what it was about, and the news of it into the store, all in the caller's transaction. */
export async function recordFinished(
  store: Store,
  tx: Tx,
  { result, studied }: { readonly result: Result; readonly studied: readonly Studied[] },
): Promise<void> {
  const { id, startedAt, finishedAt } = result.run
  const fresh = await recordRun(store, tx, {
    id,
    startedAt: new Date(startedAt),
    finishedAt: new Date(finishedAt),
    evidence: result.evidence.hash,
    synthetic: result.synthetic,
    totals: result.totals,
  })
  if (fresh) await recordCatalogue(tx, id, studied.map(foundVersion))
}

/**
 * The published files are the truth about the latest run; a crash after they were published and before the store had
 * committed leaves history one run behind. This adds the missing one.
 */
export async function catchUp(store: Store, data: string): Promise<void> {
  const id = await currentRun(data)
  if (id === undefined || (await runKnown(store.db, id))) return
  const run = await latestRun(data)
  if (run) await store.transaction((tx) => recordFinished(store, tx, run))
}

function foundVersion({ version, profile, bindings }: Studied): FoundVersion {
  const { table, sha256, rows, bytes, origin } = version
  return {
    department: table.department,
    resource: table.dataset,
    version: table.version,
    ...{ sha256, rows, bytes, origin },
    items: profile.fields.map((field) => {
      const binding = bindings.find((b) => b.column === field.name)
      return { profile: maskedField(field, binding), binding: binding ?? null }
    }),
  }
}
