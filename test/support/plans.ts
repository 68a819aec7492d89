import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { govern } from '../../src/app/govern.ts'
import { beginOpening } from '../../src/app/opening.ts'
import { serve } from '../../src/app/serve.ts'
import { systemClock } from '../../src/core/index.ts'
import { openEngine } from '../../src/engine/index.ts'
import { type Asked, recording } from '../../src/engine/testing.ts'
import type { Result } from '../../src/report/index.ts'
import { writeCity } from '../../src/sample/index.ts'
import { holdDirectory } from '../../src/store/index.ts'

export const smallCity = { people: 300, enterprises: 60, seed: 7 } as const

export interface Recorded {
  readonly result: Result
  readonly govern: readonly Asked[]
  readonly serve: readonly Asked[]
}

/**
 * Governs a small city (or some departments of it) and asks its server one question of every kind, noting each plan that
 * reaches the engine and its rows.
 */
export async function recordPlans(
  folder: string,
  only: { readonly departments?: readonly string[] } = {},
): Promise<Recorded> {
  const asked: { govern: Asked[]; serve: Asked[] } = { govern: [], serve: [] }
  const city = join(folder, 'city')
  await writeCity({ folder: city, ...smallCity })
  for (const { name, isDirectory } of entriesOf(city))
    if (isDirectory && only.departments?.includes(name) === false) rmSync(join(city, name), { recursive: true })
  const data = join(folder, 'data')
  await using held = await holdDirectory(data)
  await using opening = await beginOpening('embedded', held)
  const options = {
    out: join(folder, 'out'),
    data,
    store: opening.store,
    language: 'en',
    threads: 2,
    memory: '1GB',
    findingsLimit: 20,
    ledgerOrigin: 'datong.test/data',
    version: '0.0.0',
    clock: systemClock,
  } as const
  const open = (into: Asked[]) => async (o: Parameters<typeof openEngine>[0]) => recording(await openEngine(o), into)
  const result = await govern({ ...options, folder: city, open: open(asked.govern) })
  const stop = new AbortController()
  const server = await serve(
    { ...options, host: '127.0.0.1', port: 0, open: open(asked.serve) },
    { signal: stop.signal },
  )
  try {
    await askEverything(server.link, result)
  } finally {
    stop.abort()
    await server.closed
  }
  return { result, ...asked }
}

const entriesOf = (folder: string) =>
  readdirSync(folder, { withFileTypes: true }).map((e) => ({ name: e.name, isDirectory: e.isDirectory() }))

async function askEverything(link: string, result: Result): Promise<void> {
  const ask = await signedIn(link)
  for (const kind of ['person', 'enterprise']) {
    const { items } = (await ask(`/entities?kind=${kind}`)) as { items: { id: string; title: string }[] }
    await ask(`/entities?kind=${kind}&q=${encodeURIComponent(items[0]!.title)}`)
    await ask(`/entities/${kind}/${encodeURIComponent(items[0]!.id)}`)
  }
  const failing = result.datasets.flatMap((d) => d.rules.filter((r) => r.failing > 0))
  const kinds = new Map(failing.map((rule) => [rule.id.split('@')[0], rule]))
  for (const { department, dataset, id } of kinds.values()) {
    const place = [department, dataset].map(encodeURIComponent).join('/')
    await ask(`/datasets/${place}/failing?rule=${encodeURIComponent(id)}`)
  }
}

/** Exchanges a sign-in link for a session; gives a function that asks for an address below `/api/v1`. */
export async function signedIn(link: string): Promise<(path: string) => Promise<unknown>> {
  const { origin, hash } = new URL(link)
  const answer = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: hash.slice(1) }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  return async (path) => {
    const got = await fetch(`${origin}/api/v1${path}`, { headers: { cookie } })
    if (!got.ok) throw new Error(`${path}: ${got.status} ${await got.text()}`)
    return got.json()
  }
}
