export * from './dialect.ts'
export * from './plan.ts'
export * from './session.ts'
