import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SignIn } from '../../src/access/index.ts'
import { CurrentRun } from '../../src/app/current.ts'
import { govern } from '../../src/app/govern.ts'
import { beginOpening } from '../../src/app/opening.ts'
import { makeServices } from '../../src/app/services.ts'
import { systemClock } from '../../src/core/index.ts'
import { type Engine, openEngine } from '../../src/engine/index.ts'
import { buildServer } from '../../src/http/index.ts'
import { ProblemDetails } from '../../src/http/contract.ts'
import type { Result } from '../../src/report/index.ts'
import { writeCity } from '../../src/sample/index.ts'
import { holdDirectory, type Store } from '../../src/store/index.ts'
import { Jobs } from '../../src/work/index.ts'
import { scratch } from '../support/run.ts'

const dir = scratch()
const at = (name: string): string => join(dir.path, name)
const options = {
  out: at('out'),
  language: 'en',
  threads: 2,
  memory: '1GB',
  findingsLimit: 20,
  ledgerOrigin: 'datong.test/data',
  version: '1.2.3',
  clock: systemClock,
  host: '127.0.0.1',
  port: 0,
} as const

let engine: Engine
let result: Result
let server: FastifyInstance
let empty: FastifyInstance
let cookie: string
let openapi: OpenApi
const signIn = new SignIn(systemClock)
const log: string[] = []

interface OpenApi {
  readonly paths: Record<
    string,
    Record<string, { responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >
}

const open = new AsyncDisposableStack()
async function storeOn(data: string): Promise<Store> {
  const held = open.use(await holdDirectory(data))
  return open.use(await beginOpening('embedded', held)).store
}

function serverOn(store: Store, data: string, folder?: string): Promise<FastifyInstance> {
  const services = makeServices({
    options: { ...options, data, store: Promise.resolve(store), ...(folder ? { folder } : {}) },
    engine,
    store,
    signIn,
    jobs: new Jobs(systemClock),
    current: new CurrentRun(data),
  })
  return buildServer({ services, hosts: ['127.0.0.1', 'localhost', '[::1]'], log: (line) => log.push(line) })
}
const ask = (url: string, more: InjectOptions = {}): Promise<LightMyRequestResponse> =>
  server.inject({ url, headers: { host: 'localhost:7080', cookie, ...more.headers }, ...without(more, 'headers') })
function without(options: InjectOptions, name: keyof InjectOptions): InjectOptions {
  const { [name]: _, ...rest } = options
  return rest
}

beforeAll(async () => {
  await writeCity({ folder: at('city'), people: 150, enterprises: 30, seed: 7 })
  for (const department of ['自然资源和规划局', '住房和城乡建设局', '民政局'])
    rmSync(join(at('city'), department), { recursive: true })
  const store = await storeOn(at('data'))
  result = await govern({ ...options, folder: at('city'), data: at('data'), store: Promise.resolve(store) })
  engine = await openEngine({ threads: 2, memory: '1GB' })
  server = await serverOn(store, at('data'), at('city'))
  empty = await serverOn(await storeOn(at('nothing')), at('nothing'))
  const token = signIn.issue()
  const signed = await server.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { host: 'localhost', origin: 'http://localhost' },
    payload: { token },
  })
  cookie = String(signed.headers['set-cookie']).split(';')[0]!
  expect(signed.statusCode).toBe(200)
  expect(signed.headers['set-cookie']).toMatch(/HttpOnly.*SameSite=Strict/i)
  openapi = (await ask('/api/v1/openapi.json')).json()
})
afterAll(async () => {
  await Promise.all([server.close(), empty.close()])
  await engine[Symbol.asyncDispose]()
  await open.disposeAsync()
  dir[Symbol.dispose]()
})

function expectProblem(answer: LightMyRequestResponse, status: number, code: string): void {
  expect([answer.statusCode, answer.headers['content-type'], answer.json().code]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
    code,
  ])
  const problem = ProblemDetails.parse(answer.json())
  expect([problem.status, problem.type, problem.requestId]).toEqual([
    status,
    `urn:datong:fault:${code}`,
    answer.headers['x-request-id'],
  ])
}

describe('who may ask', () => {
  test.each(['evil.example', 'evil.example:7080', '127.0.0.2', 'localhost.evil.example'])(
    'a request for the host "%s" is refused, whatever it asks for',
    async (host) => {
      for (const url of ['/', '/healthz', '/api/v1/summary', '/nowhere'])
        expectProblem(await ask(url, { headers: { host } }), 421, 'http.foreign-host')
    },
  )
  test.each(['localhost', 'LOCALHOST:7080', '127.0.0.1:1', '[::1]:7080'])('the host "%s" is answered', async (host) => {
    expect((await ask('/healthz', { headers: { host } })).json()).toEqual({ status: 'ok' })
  })
  test.each(['https://evil.example', 'http://localhost.evil.example', 'null'])(
    'a write from the site "%s" is refused before anything happens',
    async (origin) => {
      expectProblem(await ask('/api/v1/jobs', { method: 'POST', headers: { origin } }), 403, 'http.foreign-origin')
      expectProblem(await ask('/api/v1/session', { method: 'DELETE', headers: { origin } }), 403, 'http.foreign-origin')
      expect((await ask('/api/v1/session')).statusCode).toBe(200)
      expect((await ask('/api/v1/jobs')).json()).toEqual([])
    },
  )
  test('without a session nothing below /api/v1 is told; a wrong link says so', async () => {
    const open = new Set(['/healthz', '/readyz'])
    for (const path of Object.keys(openapi.paths).filter((p) => !open.has(p))) {
      const answer = await ask(path.replace(/\{\w+\}/g, 'x'), { headers: { cookie: '' } })
      expectProblem(answer, 401, 'http.sign-in-needed')
    }
    const wrong = await ask('/api/v1/session', { method: 'POST', payload: { token: 'no such' } })
    expectProblem(wrong, 401, 'access.bad-link')
  })
  test('a session that was ended opens nothing', async () => {
    const second = await server.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { host: 'localhost' },
      payload: { token: signIn.issue() },
    })
    const own = { cookie: String(second.headers['set-cookie']).split(';')[0]! }
    expect((await ask('/api/v1/summary', { headers: own })).statusCode).toBe(200)
    expect((await ask('/api/v1/session', { method: 'DELETE', headers: own })).statusCode).toBe(204)
    expectProblem(await ask('/api/v1/summary', { headers: own }), 401, 'http.sign-in-needed')
  })
})

describe('what cannot be answered is a problem with a code', () => {
  const dataset = () => {
    const { department, dataset: name } = result.datasets[0]!
    return `/api/v1/datasets/${encodeURIComponent(department)}/${encodeURIComponent(name)}`
  }
  test.each<[string, number, string, (() => InjectOptions) | undefined]>([
    ['/api/v1/nowhere', 404, 'http.not-found', undefined],
    ['/api/v1/summary', 404, 'http.not-found', () => ({ method: 'PUT' })],
    ['/api/v1/datasets/x/y', 404, 'app.no-dataset', undefined],
    ['/api/v1/datasets?cursor=abc', 400, 'http.bad-request', undefined],
    ['/api/v1/datasets?limit=0', 400, 'http.bad-request', undefined],
    ['/api/v1/datasets?limit=many', 400, 'http.bad-request', undefined],
    [`/api/v1/datasets?q=${'x'.repeat(201)}`, 400, 'http.bad-request', undefined],
    ['DATASET/failing', 400, 'http.bad-request', undefined],
    ['DATASET/failing?rule=none', 404, 'app.no-rule', undefined],
    ['/api/v1/entities?kind=ghost', 400, 'http.bad-request', undefined],
    ['/api/v1/entities/person/P9999999', 404, 'identity.no-entity', undefined],
    [`/api/v1/entities/person/${encodeURIComponent("' OR 1=1 --")}`, 404, 'identity.no-entity', undefined],
    ['/api/v1/jobs/none', 404, 'http.not-found', undefined],
    ['/api/v1/session', 400, 'http.bad-request', () => ({ method: 'POST', payload: { token: '' } })],
    ['/api/v1/session', 400, 'http.bad-request', () => ({ method: 'POST', payload: { token: {} } })],
    [
      '/api/v1/session',
      400,
      'http.bad-request',
      () => ({ method: 'POST', payload: '{', headers: { 'content-type': 'application/json' } }),
    ],
    [
      '/api/v1/session',
      400,
      'http.bad-request',
      () => ({ method: 'POST', payload: 'a=b', headers: { 'content-type': 'text/plain' } }),
    ],
    ['/api/v1/session', 400, 'http.bad-request', () => ({ method: 'POST', payload: { token: 'x'.repeat(2 << 20) } })],
  ])('%s → %i %s', async (url, status, code, more) => {
    expectProblem(await ask(url.replace('DATASET', dataset()), more?.()), status, code)
  })
  test('before the first run the summary is empty and all else says what to do', async () => {
    const headers = { host: 'localhost', cookie }
    const ask = (url: string) => empty.inject({ url, headers })
    expect((await ask('/api/v1/summary')).json()).toEqual({ version: '1.2.3', result: null })
    expectProblem(await ask('/api/v1/datasets/x/y'), 404, 'app.no-run')
    expectProblem(await ask('/api/v1/entities'), 404, 'app.no-run')
    expectProblem(await ask('/api/v1/ledger'), 404, 'ledger.none')
    expectProblem(await empty.inject({ method: 'POST', url: '/api/v1/jobs', headers }), 404, 'app.no-run')
  })
})

test('a folder without any identifier has no entities: its list is empty, and none is there to be opened', async () => {
  mkdirSync(at('plain/部门'), { recursive: true })
  writeFileSync(at('plain/部门/a.csv'), 'k,v\n1,x\n2,y\n')
  const store = await storeOn(at('plain-data'))
  await govern({
    ...options,
    out: at('plain-out'),
    folder: at('plain'),
    data: at('plain-data'),
    store: Promise.resolve(store),
  })
  const plain = await serverOn(store, at('plain-data'))
  const ask = (url: string) => plain.inject({ url, headers: { host: 'localhost', cookie } })
  expect((await ask('/api/v1/entities?kind=person')).json()).toEqual({ items: [], next: null })
  expectProblem(await ask('/api/v1/entities/person/P0000001'), 404, 'identity.no-entity')
  await plain.close()
})

describe('the description the server gives of itself', () => {
  /** Addresses as the router has them (it prints a tree), but for pages and files. */
  const routed = (): string[] => {
    const above: string[] = []
    return server
      .printRoutes({ commonPrefix: false })
      .split('\n')
      .flatMap((line) => {
        const found = /^(.*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line)
        if (!found) return []
        above.splice(found[1]!.length / 4, Number.POSITIVE_INFINITY, found[2]!)
        return (found[3]?.split(', ') ?? []).map((method) => `${method} ${above.join('')}`)
      })
      .map((route) => route.replace(/:(\w+)/g, '{$1}'))
      .filter((route) => /^(?!HEAD|OPTIONS)\w+ (\/api\/v1\/|\/healthz|\/readyz)/.test(route))
  }

  test('lists every address but the stream of events and itself', () => {
    const described = Object.entries(openapi.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const unlisted = ['GET /api/v1/openapi.json', 'GET /api/v1/jobs/events']
    expect(new Set(described)).toEqual(new Set(routed().filter((route) => !unlisted.includes(route))))
    expect(described.length).toBeGreaterThan(12)
  })

  test('and every answer is what its schema says', async () => {
    const ajv = new Ajv2020({ strict: false })
    const place = (() => {
      const { department, dataset } = result.datasets.find((d) => d.rules.some((r) => r.failing > 0))!
      return { department, dataset }
    })()
    const failing = result.datasets.find((d) => d.dataset === place.dataset)!.rules.find((r) => r.failing > 0)!
    const [entity] = (await ask('/api/v1/entities?kind=person')).json().items as { id: string }[]
    const job = (await ask('/api/v1/jobs', { method: 'POST' })).json() as { id: string }
    const values: Record<string, string> = { ...place, kind: 'person', id: entity!.id }
    const checked: string[] = []
    for (const [path, methods] of Object.entries(openapi.paths)) {
      const { get } = methods
      if (get === undefined) continue
      const filled = path
        .replace('/jobs/{id}', `/jobs/${job.id}`)
        .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name]!))
      const url = path.endsWith('/failing') ? `${filled}?rule=${encodeURIComponent(failing.id)}` : filled
      const answer = await ask(url)
      const schema = get.responses['200']!.content!['application/json']!.schema
      const fits = ajv.compile(schema)
      expect([answer.statusCode, fits(answer.json()), fits.errors?.slice(0, 3) ?? []], url).toEqual([200, true, []])
      checked.push(path)
    }
    expect(checked).toContain('/api/v1/datasets/{department}/{dataset}')
    expect((await ask(`/api/v1/jobs/${job.id}`, { method: 'DELETE' })).statusCode).toBe(204)
  })
})

test('a line of the log says what was asked and how it ended, and holds no secret and no value', async () => {
  log.length = 0
  const token = signIn.issue()
  const signed = await ask('/api/v1/session', { method: 'POST', payload: { token } })
  const secret = /datong_session=([^;]+)/.exec(String(signed.headers['set-cookie']))![1]!
  await ask(`/api/v1/entities?kind=person&q=${encodeURIComponent('林怡梅')}`)
  await ask('/api/v1/entities/person/P0000001')
  await ask('/api/v1/datasets/secretplace/secretset')
  expect(log).toHaveLength(4)
  expect(JSON.parse(log[0]!)).toMatchObject({ method: 'POST', route: '/api/v1/session', status: 200 })
  expect(JSON.parse(log[3]!)).toMatchObject({ route: '/api/v1/datasets/:department/:dataset', status: 404 })
  const said = log.join('\n')
  for (const hidden of [token, secret, cookie, '林怡梅', encodeURIComponent('林怡梅'), 'P0000001', 'secretplace'])
    expect(said).not.toContain(hidden)
})
