import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunPage, VersionPage } from '../../src/http/contract.ts'
import { Server } from '../../src/store/testing.ts'
import { Job } from '../../src/work/contract.ts'
import { datong, scratch, start } from '../support/run.ts'

const dir = scratch()
const at = (...names: string[]): string => join(dir.path, ...names)
afterAll(() => dir[Symbol.dispose]())

beforeAll(async () => {
  await datong(['demo', at('city'), '--people', '150', '--enterprises', '30', '--quiet'])
  // two departments are enough to be governed and joined
  for (const name of readdirSync(at('city')))
    if (!['公安局', '人力资源和社会保障局', '说明-README.txt'].includes(name))
      rmSync(at('city', name), { recursive: true })
})

type Env = Record<string, string>
const govern = (data: string, env: Env = {}) =>
  datong(['govern', at('city'), '--out', at('out'), '--data', at(data), '--quiet'], { env })

/** A running server, asked as a signed-in browser asks. */
interface Served {
  readonly process: ChildProcess
  readonly cookie: string
  get<T>(path: string): Promise<T>
  post(path: string): Promise<Response>
  stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  readonly events: string[]
}

/** Starts `datong serve` on what is there already; signs in unless a cookie from before is given. */
async function serve(data: string, folder: string | undefined, env: Env = {}, earlier?: string): Promise<Served> {
  const words = ['serve', ...(folder ? [folder] : []), '--data', at(data), '--port', '0', '--quiet']
  const process = start(words, { env })
  let said = ''
  process.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const link = await new Promise<string>((found, failed) => {
    process.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const link = /http:\/\/\S+\/sign-in#\S+/.exec(said)?.[0]
      if (link) found(link)
    })
    process.once('close', () => failed(new Error(said)))
  })
  const { origin, hash } = new URL(link)
  const cookie = earlier ?? (await signIn(origin, hash.slice(1)))
  const headers = { cookie }
  const events: string[] = []
  const stream = await fetch(`${origin}/api/v1/jobs/events`, { headers })
  void readAll(stream, events)
  return {
    process,
    cookie,
    events,
    get: async <T>(path: string) => {
      const answer = await fetch(`${origin}${path}`, { headers })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as T
    },
    post: (path) => fetch(`${origin}${path}`, { method: 'POST', headers }),
    stop: async (signal) => {
      const gone = new Promise((ended) => process.once('close', ended))
      process.kill(signal)
      await gone
    },
  }
}
async function signIn(origin: string, token: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${origin}/api/v1/session`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  return answer.headers.get('set-cookie')!.split(';')[0]!
}
async function readAll(stream: Response, into: string[]): Promise<void> {
  try {
    for await (const chunk of stream.body!) into.push(Buffer.from(chunk).toString())
  } catch {
    // the server was killed
  }
}
const until = async (seen: () => Promise<boolean>): Promise<void> => {
  for (let i = 0; !(await seen()) && i < 1200; i++) await new Promise((wait) => setTimeout(wait, 50))
}
const currentOf = (data: string): string =>
  (JSON.parse(readFileSync(at(data, 'results', 'current.json'), 'utf8')) as { run: string }).run
const runsOf = async (served: Served) => RunPage.parse(await served.get('/api/v1/runs'))

/** The same story on either store. */
function story(name: string, data: string, env: () => Env): void {
  describe(name, () => {
    let served: Served
    let cookie: string
    afterAll(() => void served?.process.kill('SIGKILL'))

    test('two runs on the same bytes are two runs and one version of each resource', async () => {
      for (let i = 0; i < 2; i++) expect(await govern(data, env())).toMatchObject({ code: 0, stderr: '' })
      served = await serve(data, undefined, env())
      cookie = served.cookie
      const { items, total } = await runsOf(served)
      expect([items.length, total, items[0]!.id, items.map((r) => r.current)]).toEqual([
        2,
        2,
        currentOf(data),
        [true, false],
      ])
      expect(items[0]!.evidence).toBe(items[1]!.evidence)
      const { items: sets } = await served.get<{ items: { department: string; dataset: string; version: string }[] }>(
        '/api/v1/datasets',
      )
      for (const { department, dataset, version } of sets) {
        const place = [department, dataset].map(encodeURIComponent).join('/')
        const versions = VersionPage.parse(await served.get(`/api/v1/datasets/${place}/versions`))
        expect([versions.total, versions.items.map((v) => [v.version, v.runs, v.current])]).toEqual([
          1,
          [[version, 2, true]],
        ])
      }
      expect(await served.get('/readyz')).toEqual({ status: 'ok' })
    })

    test('a second terminal reads rows and the ledger while the server holds the data directory', async () => {
      const { problems } = JSON.parse(readFileSync(at('out', 'result.json'), 'utf8')) as {
        problems: { department: string; dataset: string; rule: string }[]
      }
      const { department, dataset, rule } = problems[0]!
      const words = ['rows', `${department}/${dataset}`, rule, '--data', at(data), '--limit', '1', '--json']
      const asked = await Promise.all([
        datong(words, { env: env() }),
        datong(['ledger', 'status', '--data', at(data)], { env: env() }),
        datong(['ledger', 'verify', '--data', at(data)], { env: env() }),
      ])
      expect(asked.map((a) => a.code)).toEqual([0, 0, 0])
    })

    test('kill -9 in the middle of a run: the earlier run stays current, its job is interrupted, the session goes on', async () => {
      await served.stop('SIGTERM')
      const before = currentOf(data)
      served = await serve(data, at('city'), env(), cookie)
      const after = currentOf(data)
      expect(after).not.toBe(before)
      const job = Job.parse(await (await served.post('/api/v1/jobs')).json())
      await until(async () => Job.parse(await served.get(`/api/v1/jobs/${job.id}`)).stage !== null)
      await served.stop('SIGKILL')
      expect(currentOf(data)).toBe(after)
      served = await serve(data, undefined, env(), cookie)
      expect(Job.parse(await served.get(`/api/v1/jobs/${job.id}`)).state).toBe('interrupted')
      const { items } = await runsOf(served)
      expect([items.length, items[0]!.id, items[0]!.current]).toEqual([3, after, true])
      await served.stop('SIGTERM')
    })

    test('a finished job is news: the stream says so and history has it', async () => {
      served = await serve(data, at('city'), env(), cookie)
      const { total } = await runsOf(served)
      await served.post('/api/v1/jobs')
      await until(async () => (await runsOf(served)).total === total + 1)
      await until(async () => served.events.join('').includes(`event: run\ndata: {"id":"${currentOf(data)}"}`))
      expect(served.events.join('')).toContain(`event: run\ndata: {"id":"${currentOf(data)}"}`)
      expect((await runsOf(served)).items[0]).toMatchObject({ id: currentOf(data), current: true })
      await served.stop('SIGTERM')
    })
  })
}

story('with the embedded store', 'embedded', () => ({}))

test('history that lags behind the published run, as after a crash between the two, is made up for', async () => {
  const earlier = at('embedded', 'store-aside')
  renameSync(at('embedded', 'store'), earlier)
  const served = await serve('embedded', undefined)
  const { items } = await runsOf(served)
  expect(items.map((run) => run.id)).toEqual([currentOf('embedded')])
  await served.stop('SIGTERM')
})

describe('with PostgreSQL', () => {
  let server: Server
  let address: string
  beforeAll(async () => {
    server = await Server.start()
    address = await server.newDatabase()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  story('the same', 'postgres', () => ({ DATONG_STORE: address }))

  test.each<[string, () => string, string]>([
    ['a wrong password', () => server.address('postgres', 'postgres', 'wrongsecret'), 'store.refused'],
    ['a port where nobody listens', () => 'postgres://u:wrongsecret@127.0.0.1:9/x', 'store.unreachable'],
    ['a database that is not there', () => server.address('nowhere'), 'store.no-database'],
    ['an address without a database', () => 'postgres://u:wrongsecret@127.0.0.1', 'store.bad-address'],
  ])('%s ends with 2 and a code before anything is read, and shows no password', async (_, to, code) => {
    const ran = await datong(['govern', at('city'), '--out', at('never'), '--data', at('never-data')], {
      env: { DATONG_STORE: to() },
    })
    expect([ran.code, /\[([a-z.-]+)\]/.exec(ran.stderr)?.[1]]).toEqual([2, code])
    expect(ran.stderr + ran.stdout).not.toMatch(/wrongsecret|loading/)
  })
})
