export * from './program.ts'
export { exitCode, runCli, type Surroundings } from './run.ts'
export * from './settings.ts'
