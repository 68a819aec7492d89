import { beforeEach, expect, test } from 'vitest'
import { fault, type Watch } from '../core/index.ts'
import { type Job, Jobs, kept } from './index.ts'

let now: number
let jobs: Jobs
let seen: Job[]
beforeEach(() => {
  now = Date.UTC(2026, 10, 25)
  jobs = new Jobs({ now: () => new Date(now) })
  seen = []
  jobs.watch((job) => seen.push(job))
})
const title = { zh: '治理', en: 'Govern' }
const start = <T>(run: (watch: Watch) => Promise<T>) => jobs.start({ kind: 'govern', title, run })
const idle = async (): Promise<void> => {}
const untilAborted = ({ signal }: Watch): Promise<never> =>
  new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error), { once: true }))
const states = (id: string): string[] => seen.filter((j) => j.id === id).map((j) => j.state)

test('jobs run one after another in the order they were asked for, the newest stands first in the list', async () => {
  const order: string[] = []
  const slow = start(async () => {
    order.push('first begins')
    await new Promise((done) => setTimeout(done, 20))
    order.push('first ends')
  })
  const quick = start(async () => void order.push('second'))
  await Promise.all([slow.outcome, quick.outcome])
  expect(order).toEqual(['first begins', 'first ends', 'second'])
  expect(jobs.list().map((j) => j.id)).toEqual([quick.job.id, slow.job.id])
})

test('whoever watches sees each step and the end; whoever has stopped sees nothing more', async () => {
  const other: Job[] = []
  const stop = jobs.watch((job) => other.push(job))
  const { job, outcome } = start(async ({ progress }) => {
    progress!({ stage: 'load', done: 0, total: 2, rows: 7 })
    stop()
    now += 1000
    progress!({ stage: 'load', item: '公安局/人口', done: 1, total: 2 })
    return 42
  })
  expect(await outcome).toBe(42)
  await expect.poll(() => jobs.get(job.id)?.state).toBe('done')
  expect(seen.map((j) => [j.state, j.stage, j.item, j.done, j.rows])).toEqual([
    ['running', null, null, 0, null],
    ['running', 'load', null, 0, 7],
    ['running', 'load', '公安局/人口', 1, 7],
    ['done', 'load', '公安局/人口', 1, 7],
  ])
  expect(other).toHaveLength(2)
  expect(jobs.get(job.id)).toMatchObject({
    startedAt: '2026-11-25T00:00:00.000Z',
    finishedAt: '2026-11-25T00:00:01.000Z',
    fault: null,
  })
})

test('a job that fails keeps its fault for people, and the next one runs', async () => {
  const failing = start(async () => {
    throw fault('app.no-run', { path: '/x' })
  })
  const unexpected = start(async () => {
    throw new TypeError('a secret detail')
  })
  const next = start(idle)
  await expect(failing.outcome).rejects.toMatchObject({ code: 'app.no-run' })
  await expect(unexpected.outcome).rejects.toThrow('a secret detail')
  await next.outcome
  expect(jobs.get(failing.job.id)).toMatchObject({ state: 'failed', fault: { code: 'app.no-run' } })
  const { fault: shown } = jobs.get(unexpected.job.id)!
  expect(shown?.code).toBe('core.unexpected')
  expect(JSON.stringify(shown)).not.toContain('secret')
})

test('a waiting job ends the moment it is cancelled, and never runs', async () => {
  const gate = Promise.withResolvers<void>()
  const first = start(() => gate.promise)
  const ran: string[] = []
  const second = start(async () => void ran.push('second'))
  jobs.cancel(second.job.id)
  expect(jobs.get(second.job.id)).toMatchObject({ state: 'cancelled', fault: { code: 'core.cancelled' } })
  expect(jobs.get(first.job.id)?.state).toBe('running')
  gate.resolve()
  await first.outcome
  await expect(second.outcome).rejects.toMatchObject({ name: 'AbortError' })
  await jobs.close()
  expect(ran).toEqual([])
  expect(jobs.list().map((j) => j.state)).toEqual(['cancelled', 'done'])
  jobs.cancel(first.job.id)
  jobs.cancel('no such job')
  expect(states(second.job.id)).toEqual(['running', 'cancelled'])
})

test('a running job ends when it heeds the signal', async () => {
  const began = Promise.withResolvers<void>()
  const run = ({ signal }: Watch) =>
    new Promise<never>((_, failed) => {
      signal?.addEventListener('abort', () => failed(signal.reason))
      began.resolve()
    })
  const { job, outcome } = start(run)
  await began.promise
  jobs.cancel(job.id)
  await expect(outcome).rejects.toMatchObject({ name: 'AbortError' })
  await jobs.close()
  expect(jobs.get(job.id)?.state).toBe('cancelled')
})

test('closing cancels what runs and what waits, and returns when both have stopped', async () => {
  const outcomes = [start(untilAborted), start(untilAborted)].map((s) => s.outcome.catch(() => 'stopped'))
  await jobs.close()
  expect(jobs.list().map((j) => j.state)).toEqual(['cancelled', 'cancelled'])
  expect(await Promise.all(outcomes)).toEqual(['stopped', 'stopped'])
})

test('only so many ended jobs are remembered, and never is one forgotten that has not ended', async () => {
  const long = start(untilAborted)
  const many = Array.from({ length: kept + 5 }, () => start(idle))
  expect(jobs.get(long.job.id)?.state).toBe('running')
  jobs.cancel(long.job.id)
  await Promise.allSettled(many.map((s) => s.outcome))
  await expect.poll(() => jobs.list().every((j) => j.state !== 'running')).toBe(true)
  start(idle)
  expect(jobs.list().length).toBeLessThanOrEqual(kept)
  expect(jobs.get(many.at(-1)!.job.id)?.state).toBe('done')
})
