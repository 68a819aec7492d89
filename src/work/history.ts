import { rawJson, type Store } from '../store/index.ts'
import type { Job } from './contract.ts'
import { tablesOf } from './tables.ts'

/** Where jobs are remembered beyond the life of the process. */
export interface JobHistory {
  /** Durable when it returns. Saving a job again replaces what was known of it. */
  save(job: Job): Promise<void>
}

export function storedHistory(store: Store): JobHistory {
  return {
    async save(job) {
      const row = { state: job.state, job: rawJson(job) }
      await store.transaction((tx) =>
        tablesOf(tx)
          .insertInto('work_job')
          .values({ id: job.id, started_at: new Date(job.startedAt), ...row })
          .onConflict((c) => c.column('id').doUpdateSet(row))
          .execute(),
      )
    },
  }
}

/**
 * The latest jobs, the oldest of them first. Nobody works on a job that this process has not begun, so what is still
 * written down as running was cut short, and is written down as `interrupted`.
 */
export async function recentJobs(store: Store, most: number): Promise<Job[]> {
  return store.transaction(async (tx) => {
    const own = tablesOf(tx)
    for (const { job } of await own.selectFrom('work_job').select('job').where('state', '=', 'running').execute())
      await own
        .updateTable('work_job')
        .set({ state: 'interrupted', job: rawJson({ ...job, state: 'interrupted' }) })
        .where('id', '=', job.id)
        .execute()
    const rows = await own.selectFrom('work_job').select('job').orderBy('started_at', 'desc').limit(most).execute()
    return rows.map(({ job }) => job).reverse()
  })
}
