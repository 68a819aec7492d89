import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Job } from '../work/index.ts'
import type { Services } from './services.ts'

/**
 * Server-sent events: every job as it is now, then each change (`job`), and each run that is finished (`run`). A comment every 20 s keeps proxies from closing.
 * `open` learns how to end the stream, because a closing server would wait for it for ever.
 */
export function jobEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  open: Set<() => void>,
): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': request.id,
    'x-accel-buffering': 'no',
  })
  const send = (job: Job): void => void reply.raw.write(`event: job\ndata: ${JSON.stringify(job)}\n\n`)
  for (const job of services.jobs()) send(job)
  const stops = [
    services.watchJobs(send),
    services.watchRuns((id) => void reply.raw.write(`event: run\ndata: ${JSON.stringify({ id })}\n\n`)),
  ]
  const beat = setInterval(() => reply.raw.write(': \n\n'), 20_000)
  beat.unref()
  const end = (): void => void reply.raw.end()
  open.add(end)
  reply.raw.once('close', () => {
    clearInterval(beat)
    for (const stop of stops) stop()
    open.delete(end)
  })
}
