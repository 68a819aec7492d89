import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { asFault, type Fault, fault } from '../core/index.ts'
import type { ProblemDetails } from './contract.ts'
import { addPages } from './pages.ts'
import { addRoutes } from './routes.ts'
import type { Services } from './services.ts'

export interface ServerOptions {
  readonly services: Services
  /** Host names (without port) the server answers to: a defence against DNS rebinding. */
  readonly hosts: readonly string[]
  /** Where one JSON line per request goes. Never a body, a cookie, a query value or a token. */
  readonly log?: (line: string) => void
  /** Folders that may hold the built console; the first that does is served. */
  readonly console?: readonly string[]
}

export const sessionCookie = 'datong_session'

/** Builds the server; the caller listens and closes. Closing finishes requests under way. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 2000 },
    bodyLimit: 1 << 20,
    return503OnClosing: true,
  })
  // answers are checked against their schemas in tests; here they are plain JSON
  server.setSerializerCompiler(() => (data) => JSON.stringify(data))
  server.setErrorHandler((error, request, reply) => sendFault(error, request, reply))
  server.setNotFoundHandler((request, reply) => sendFault(fault('http.not-found'), request, reply))
  server.addHook('onRequest', async (request, reply) => guard(request, reply, options.hosts))
  server.addHook('onResponse', async (request, reply) => options.log?.(logLine(request, reply)))
  await server.register(cookie)
  await server.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '大同 Datong', version: options.services.version } },
  })
  await server.register(async (scope) => addRoutes(scope, options.services))
  await addPages(server, options.services, options.console)
  return server
}

/** Refuses foreign hosts and cross-site writes; sets the headers every answer carries. */
function guard(request: FastifyRequest, reply: FastifyReply, hosts: readonly string[]): void {
  reply.headers({
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'content-security-policy':
      // antd and echarts write styles while they run; nothing else of a page may be inline, and nothing leaves the host
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  })
  if (!hosts.includes(hostName(request.headers.host))) throw fault('http.foreign-host')
  const { origin } = request.headers
  if (
    request.method !== 'GET' &&
    request.method !== 'HEAD' &&
    origin !== undefined &&
    hostName(origin.replace(/^https?:\/\//, '')) !== hostName(request.headers.host)
  )
    throw fault('http.foreign-origin')
}

function hostName(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '').toLowerCase()
}

function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = outside(error)
  const body: ProblemDetails = {
    type: `urn:datong:fault:${problem.code}`,
    title: problem.words.en,
    status: problem.status,
    code: problem.code,
    words: problem.words,
    retry: problem.retry,
    requestId: request.id,
  }
  return reply.status(problem.status).type('application/problem+json; charset=utf-8').send(body)
}

/** Fastify's own refusals (bad JSON, too large) become ours; what they say never repeats the body. */
function outside(error: unknown): Fault {
  const status = (error as { statusCode?: number }).statusCode
  const code = (error as { code?: string }).code ?? ''
  if (status !== undefined && status >= 400 && status < 500 && code.startsWith('FST_'))
    return fault('http.bad-request', { why: code }, { cause: error })
  return asFault(error)
}

function logLine(request: FastifyRequest, reply: FastifyReply): string {
  return JSON.stringify({
    time: new Date().toISOString(),
    id: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
  })
}
