export * from './contract.ts'
export { type JobRequest, Jobs, kept, type Started } from './jobs.ts'
