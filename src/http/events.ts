import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Job } from '../work/index.ts'
import type { Services } from './services.ts'

/** Server-sent events: every job as it is now, then each change. A comment every 20 s keeps proxies from closing. */
export function jobEvents(request: FastifyRequest, reply: FastifyReply, services: Services): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': request.id,
    'x-accel-buffering': 'no',
  })
  const send = (job: Job): void => void reply.raw.write(`event: job\ndata: ${JSON.stringify(job)}\n\n`)
  for (const job of services.jobs()) send(job)
  const stop = services.watchJobs(send)
  const beat = setInterval(() => reply.raw.write(': \n\n'), 20_000)
  beat.unref()
  request.raw.once('close', () => {
    clearInterval(beat)
    stop()
  })
}
