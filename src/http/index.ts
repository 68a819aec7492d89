export * from './contract.ts'
export { buildServer, type ServerOptions, sessionCookie } from './server.ts'
export type { Services } from './services.ts'
