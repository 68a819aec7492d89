export * from './contract.ts'
export { type JobRequest, Jobs, type Started } from './jobs.ts'
