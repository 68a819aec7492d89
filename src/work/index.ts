export * from './contract.ts'
export { type JobRequest, Jobs, kept, type Started } from './jobs.ts'
export { listRuns, type RunRecord, recordRun, runFinished, runKnown } from './runs.ts'
export { type RunTotals, workMigrations } from './tables.ts'
