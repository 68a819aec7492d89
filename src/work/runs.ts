import { json, type Store, type Tx } from '../store/index.ts'
import { type RunTotals, tablesOf } from './tables.ts'

/** A finished run as history keeps it. Its particulars stand in its result files. */
export interface RunRecord {
  readonly id: string
  readonly startedAt: Date
  readonly finishedAt: Date
  /** SHA-256 of the result, as sealed in the ledger. */
  readonly evidence: string
  readonly synthetic: boolean
  readonly totals: RunTotals
}

/** Topic of the event that says a run was finished; its key is the run. */
export const runFinished = 'run.finished'

/** Keeps a finished run and publishes `run.finished`. False when it was known already; then nothing is changed. */
export async function recordRun(store: Store, tx: Tx, run: RunRecord): Promise<boolean> {
  const { id, startedAt, finishedAt, evidence, synthetic, totals } = run
  const { numInsertedOrUpdatedRows } = await tablesOf(tx)
    .insertInto('work_run')
    .values({ id, started_at: startedAt, finished_at: finishedAt, evidence, synthetic, totals: json(totals) })
    .onConflict((c) => c.column('id').doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n) return false
  await store.publish(tx, { topic: runFinished, key: id, body: { finishedAt: finishedAt.toISOString() } })
  return true
}

export async function runKnown(db: Store['db'], id: string): Promise<boolean> {
  const found = await tablesOf(db).selectFrom('work_run').select('id').where('id', '=', id).executeTakeFirst()
  return found !== undefined
}

/** Runs, the latest first. */
export async function listRuns(
  db: Store['db'],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ items: RunRecord[]; total: number }> {
  const own = tablesOf(db)
  const rows = await own
    .selectFrom('work_run')
    .selectAll()
    .orderBy('finished_at', 'desc')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute()
  const { total } = await own
    .selectFrom('work_run')
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const items = rows.map(({ started_at, finished_at, ...run }) => ({
    ...run,
    startedAt: started_at,
    finishedAt: finished_at,
  }))
  return { items, total }
}
