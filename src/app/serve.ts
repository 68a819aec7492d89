import type { AddressInfo } from 'node:net'
import { SignIn } from '../access/index.ts'
import { fault, type Watch } from '../core/index.ts'
import { type Engine, openEngine } from '../engine/index.ts'
import { buildServer } from '../http/index.ts'
import { Jobs, runFinished } from '../work/index.ts'
import { CurrentRun } from './current.ts'
import type { GovernOptions } from './govern.ts'
import { makeServices } from './services.ts'
import { places } from './workspace.ts'

export interface ServeOptions extends GovernOptionsWithoutFolder {
  readonly folder?: string
  readonly host: string
  readonly port: number
}
type GovernOptionsWithoutFolder = Omit<GovernOptions, 'folder'>

/** Listens until the signal aborts, then finishes requests under way and stops jobs. Throws `http.port-taken`. */
export async function serve(
  options: ServeOptions,
  watch: Watch,
): Promise<{ address: string; link: string; closed: Promise<void> }> {
  const engine: Engine = await (options.open ?? openEngine)({
    threads: options.threads,
    memory: options.memory,
    spill: places(options.data).spill,
  })
  const store = await options.store
  const signIn = await SignIn.open(options.clock, store)
  const jobs = await Jobs.open(options.clock, store)
  const current = new CurrentRun(options.data)
  const news = store.subscribe({
    consumer: 'app.current-run',
    topics: [runFinished],
    handle: async ({ key }) => current.hear(key),
  })
  const services = makeServices({ options, engine, store, signIn, jobs, current })
  const server = await buildServer({
    services,
    hosts: ['127.0.0.1', 'localhost', '[::1]', options.host],
  })
  await server.listen({ host: options.host, port: options.port }).catch(async (error: NodeJS.ErrnoException) => {
    await news[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    throw error.code === 'EADDRINUSE' ? fault('http.port-taken', { port: options.port }) : error
  })
  const { port } = server.server.address() as AddressInfo
  const address = `http://${options.host}:${port}`
  const closed = untilAborted(watch.signal).then(async () => {
    await jobs.close()
    await server.close()
    await news[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
  })
  return { address, link: `${address}/sign-in#${signIn.issue()}`, closed }
}

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return new Promise(() => {})
  return signal.aborted
    ? Promise.resolve()
    : new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }))
}
