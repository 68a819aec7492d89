import type { Json, RoomMigrations, Store, Tx } from '../store/index.ts'
import type { Job } from './contract.ts'

export type WorkTables = {
  /** 运行记录: every run that was finished. */
  work_run: {
    id: string
    started_at: Date
    finished_at: Date
    evidence: string
    synthetic: boolean
    totals: Json<RunTotals>
  }
  /** 任务历史: every job as it was last known. */
  work_job: { id: string; state: Job['state']; started_at: Date; job: Json<Job> }
}

/** How much a run took in. */
export interface RunTotals {
  readonly departments: number
  readonly datasets: number
  readonly rows: number
  readonly columns: number
  readonly bound: number
  readonly unreadableRows: number
}

export const workMigrations: RoomMigrations = {
  room: 'work',
  steps: [
    {
      name: 'runs and jobs',
      async up({ schema }) {
        await schema
          .createTable('work_run')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('started_at', 'timestamptz', (c) => c.notNull())
          .addColumn('finished_at', 'timestamptz', (c) => c.notNull())
          .addColumn('evidence', 'text', (c) => c.notNull())
          .addColumn('synthetic', 'boolean', (c) => c.notNull())
          .addColumn('totals', 'jsonb', (c) => c.notNull())
          .execute()
        await schema.createIndex('work_run_finished').on('work_run').columns(['finished_at', 'id']).execute()
        await schema
          .createTable('work_job')
          .addColumn('id', 'text', (c) => c.primaryKey())
          .addColumn('state', 'text', (c) => c.notNull())
          .addColumn('started_at', 'timestamptz', (c) => c.notNull())
          .addColumn('job', 'json', (c) => c.notNull())
          .execute()
        await schema.createIndex('work_job_started').on('work_job').columns(['started_at']).execute()
      },
    },
  ],
}

export const tablesOf = (db: Store['db'] | Tx) => db.$extendTables<WorkTables>()
