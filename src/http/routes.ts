import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import { fault } from '../core/index.ts'
import { EntityKind, EntityView } from '../identity/contract.ts'
import { Job } from '../work/contract.ts'
import {
  DatasetDetail,
  DatasetPage,
  DatasetQuery,
  EntityPage,
  EntityQuery,
  FailingPage,
  FailingQuery,
  FindingPage,
  FindingQuery,
  Health,
  HistoryQuery,
  LedgerState,
  ProblemDetails,
  RunPage,
  SignIn,
  Summary,
  VersionPage,
  Who,
} from './contract.ts'
import { jobEvents } from './events.ts'
import { jsonSchema, parse } from './schema.ts'
import { sessionCookie } from './server.ts'
import type { Services } from './services.ts'

const problem = { '4xx': jsonSchema(ProblemDetails), '5xx': jsonSchema(ProblemDetails) }
const answers = (schema: z.ZodType, more: Partial<FastifySchema> = {}): { schema: FastifySchema } => ({
  schema: { response: { 200: jsonSchema(schema), ...problem }, ...more },
})
const started = (schema: z.ZodType): { schema: FastifySchema } => ({
  schema: { response: { 202: jsonSchema(schema), ...problem } },
})
/** Nothing to say but that it is so. */
const nothing: { schema: FastifySchema } = {
  schema: { response: { 204: { type: 'null', description: 'done' }, ...problem } },
}
const asks = (querystring: z.ZodType, schema: z.ZodType) =>
  answers(schema, { querystring: jsonSchema(querystring, 'input') })

/** All addresses. Everything below `/api/v1` but the sign-in itself needs a session. */
export async function addRoutes(server: FastifyInstance, services: Services): Promise<void> {
  server.get('/healthz', answers(Health), async () => ({ status: 'ok' }))
  server.get('/readyz', answers(Health), async () => {
    if (!(await services.ready())) throw fault('http.closing')
    return { status: 'ok' }
  })
  await server.register(async (scope) => addSignIn(scope, services), { prefix: '/api/v1' })
  await server.register(
    async (scope) => {
      scope.addHook('preValidation', async (request) => requireSession(request, services))
      scope.get('/openapi.json', { schema: { hide: true } }, async () => server.swagger())
      addCatalogue(scope, services)
      addEntities(scope, services)
      addJobs(scope, services)
    },
    { prefix: '/api/v1' },
  )
}

async function requireSession(request: FastifyRequest, services: Services): Promise<void> {
  const value = request.cookies[sessionCookie]
  if (value === undefined || (await services.who(value)) === undefined) throw fault('http.sign-in-needed')
}

function addSignIn(scope: FastifyInstance, services: Services): void {
  const cookieOptions = { httpOnly: true, sameSite: 'strict', path: '/' } as const
  scope.post('/session', answers(Who, { body: jsonSchema(SignIn, 'input') }), async (request, reply) => {
    const { token } = parse(SignIn, request.body)
    const { cookie, who } = await services.signIn(token)
    reply.setCookie(sessionCookie, cookie, cookieOptions)
    return who
  })
  scope.get('/session', answers(Who), async (request) => {
    const value = request.cookies[sessionCookie]
    const who = value === undefined ? undefined : await services.who(value)
    if (who === undefined) throw fault('http.sign-in-needed')
    return who
  })
  scope.delete('/session', nothing, async (request, reply) => {
    const value = request.cookies[sessionCookie]
    if (value !== undefined) await services.signOut(value)
    return reply.clearCookie(sessionCookie, cookieOptions).status(204).send()
  })
}

function addCatalogue(scope: FastifyInstance, services: Services): void {
  scope.get('/summary', answers(Summary), async () => {
    const result = await services.latest()
    if (result === undefined) return { version: services.version, result: null }
    const { datasets: _d, acrossRules: _a, findings, ...rest } = result
    return { version: services.version, result: { ...rest, findings: findings.length } }
  })
  scope.get('/datasets', asks(DatasetQuery, DatasetPage), async (request) =>
    services.datasets(parse(DatasetQuery, request.query)),
  )
  scope.get<{ Params: { department: string; dataset: string } }>(
    '/datasets/:department/:dataset',
    answers(DatasetDetail),
    async ({ params }) => services.dataset(params.department, params.dataset),
  )
  scope.get<{ Params: { department: string; dataset: string } }>(
    '/datasets/:department/:dataset/failing',
    asks(FailingQuery, FailingPage),
    async (request, reply) =>
      services.failing(
        request.params.department,
        request.params.dataset,
        parse(FailingQuery, request.query),
        untilGone(reply),
      ),
  )
  scope.get('/findings', asks(FindingQuery, FindingPage), async ({ query }) =>
    services.allFindings(parse(FindingQuery, query)),
  )
  scope.get<{ Params: { department: string; dataset: string } }>(
    '/datasets/:department/:dataset/findings',
    asks(FindingQuery, FindingPage),
    async ({ params, query }) => services.findings(params.department, params.dataset, parse(FindingQuery, query)),
  )
  scope.get<{ Params: { department: string; dataset: string } }>(
    '/datasets/:department/:dataset/versions',
    asks(HistoryQuery, VersionPage),
    async ({ params, query }) => services.versions(params.department, params.dataset, parse(HistoryQuery, query)),
  )
  scope.get('/runs', asks(HistoryQuery, RunPage), async ({ query }) => services.runs(parse(HistoryQuery, query)))
  scope.get('/ledger', answers(LedgerState), async () => services.ledger())
}

function addEntities(scope: FastifyInstance, services: Services): void {
  scope.get('/entities', asks(EntityQuery, EntityPage), async (request, reply) =>
    services.entities(parse(EntityQuery, request.query), untilGone(reply)),
  )
  scope.get<{ Params: { kind: string; id: string } }>(
    '/entities/:kind/:id',
    answers(EntityView),
    async (request, reply) =>
      services.entity(parse(EntityKind, request.params.kind), request.params.id, untilGone(reply)),
  )
}

function addJobs(scope: FastifyInstance, services: Services): void {
  const streams = new Set<() => void>()
  scope.addHook('preClose', async () => {
    for (const end of streams) end()
  })
  scope.get('/jobs', answers(z.array(Job)), async () => services.jobs())
  scope.post('/jobs', started(Job), async (_request, reply) => reply.status(202).send(await services.startGovern()))
  scope.get('/jobs/events', { schema: { hide: true } }, (request, reply) =>
    jobEvents(request, reply, services, streams),
  )
  scope.get<{ Params: { id: string } }>('/jobs/:id', answers(Job), async ({ params }) => {
    const job = services.job(params.id)
    if (job === undefined) throw fault('http.not-found')
    return job
  })
  scope.delete<{ Params: { id: string } }>('/jobs/:id', nothing, async ({ params }, reply) => {
    services.cancel(params.id)
    return reply.status(204).send()
  })
}

/** A signal that aborts when the caller has gone away, so that the engine does not work for nobody. */
function untilGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort()
  })
  return gone.signal
}
