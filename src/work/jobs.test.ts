import { expect, test } from 'vitest'
import { systemClock, type Watch } from '../core/index.ts'
import { Jobs } from './jobs.ts'

const title = { zh: '试', en: 'try' }

test('a waiting job ends the moment it is cancelled, and never runs', async () => {
  const jobs = new Jobs(systemClock)
  const gate = Promise.withResolvers<void>()
  const first = jobs.start({ kind: 'try', title, run: () => gate.promise })
  const ran: string[] = []
  const second = jobs.start({ kind: 'try', title, run: async () => void ran.push('second') })
  jobs.cancel(second.job.id)
  expect(jobs.get(second.job.id)).toMatchObject({ state: 'cancelled', fault: { code: 'core.cancelled' } })
  expect(jobs.get(first.job.id)?.state).toBe('running')
  gate.resolve()
  await first.outcome
  await expect(second.outcome).rejects.toMatchObject({ name: 'AbortError' })
  await jobs.close()
  expect(ran).toEqual([])
  expect(jobs.list().map((j) => j.state)).toEqual(['cancelled', 'done'])
})

test('a running job ends when it heeds the signal', async () => {
  const jobs = new Jobs(systemClock)
  const began = Promise.withResolvers<void>()
  const run = ({ signal }: Watch) =>
    new Promise<never>((_, failed) => {
      signal?.addEventListener('abort', () => failed(signal.reason))
      began.resolve()
    })
  const { job, outcome } = jobs.start({ kind: 'try', title, run })
  await began.promise
  jobs.cancel(job.id)
  await expect(outcome).rejects.toMatchObject({ name: 'AbortError' })
  await jobs.close()
  expect(jobs.get(job.id)?.state).toBe('cancelled')
})
