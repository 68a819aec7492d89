import { existsSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Serves the built console: hashed assets for ever, the page itself never cached; every page address answers with it. */
export async function addConsole(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return
  await server.register(files, {
    root: folder,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header(
        'cache-control',
        path.includes(`${join(folder, 'assets')}`) ? 'public, max-age=31536000, immutable' : 'no-store',
      ),
  })
  const pages = [
    '/',
    '/catalogue',
    '/catalogue/*',
    '/entities',
    '/entities/*',
    '/jobs',
    '/jobs/*',
    '/ledger',
    '/sign-in',
  ]
  for (const page of pages)
    if (page !== '/')
      server.get(page, { schema: { hide: true } }, async (_request, reply) => reply.sendFile('index.html'))
}
