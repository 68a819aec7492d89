import { randomUUID } from 'node:crypto'
import { asFault, type Clock, type Fault, fault, type Step, type Watch, type Words } from '../core/index.ts'
import type { Job } from './contract.ts'

export interface JobRequest<T> {
  readonly kind: string
  readonly title: Words
  readonly run: (watch: Watch) => Promise<T>
}
/** A job under way and what will come of it. `outcome` rejects with the fault that ended it. */
export interface Started<T> {
  readonly job: Job
  readonly outcome: Promise<T>
}

/** Jobs of this process: one after another, watched, cancellable. Kept until the process ends, at most {@link kept}. */
export class Jobs {
  readonly #clock: Clock
  readonly #jobs = new Map<string, Job>()
  readonly #aborts = new Map<string, AbortController>()
  readonly #listeners = new Set<(job: Job) => void>()
  readonly #waiting = new Set<string>()
  #tail: Promise<unknown> = Promise.resolve()
  constructor(clock: Clock) {
    this.#clock = clock
  }

  list(): Job[] {
    return [...this.#jobs.values()].reverse()
  }
  get(id: string): Job | undefined {
    return this.#jobs.get(id)
  }
  /** A job that waits ends at once, one that runs as soon as it can stop. Cancelling what has ended does nothing. */
  cancel(id: string): void {
    this.#aborts.get(id)?.abort()
    if (this.#waiting.delete(id)) this.#end(id, 'cancelled', asEnd(fault('core.cancelled')))
  }
  watch(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start<T>({ kind, title, run }: JobRequest<T>): Started<T> {
    const id = randomUUID()
    const abort = new AbortController()
    this.#aborts.set(id, abort)
    const job: Job = {
      id,
      kind,
      title,
      state: 'running',
      stage: null,
      item: null,
      done: 0,
      total: 0,
      rows: null,
      startedAt: this.#now(),
      finishedAt: null,
      fault: null,
    }
    this.#put(job)
    this.#waiting.add(id)
    const outcome = this.#tail.then(() => {
      abort.signal.throwIfAborted()
      this.#waiting.delete(id)
      return run({ signal: abort.signal, progress: (step) => this.#step(id, step) })
    })
    this.#tail = outcome.then(
      () => this.#end(id, 'done', null),
      (error: unknown) => {
        const end = asEnd(asFault(error))
        this.#end(id, end.code === 'core.cancelled' ? 'cancelled' : 'failed', end)
      },
    )
    return { job, outcome }
  }

  /** Cancels what runs and waits until it has stopped. */
  async close(): Promise<void> {
    for (const abort of this.#aborts.values()) abort.abort()
    await this.#tail
  }

  #step(id: string, { stage, item, done, total, rows }: Step): void {
    const job = this.#jobs.get(id)
    if (job?.state === 'running') this.#put({ ...job, stage, item: item ?? null, done, total, rows: rows ?? job.rows })
  }
  #end(id: string, state: Job['state'], problem: Job['fault']): void {
    const job = this.#jobs.get(id)
    this.#aborts.delete(id)
    if (job?.state !== 'running') return
    this.#put({ ...job, state, finishedAt: this.#now(), fault: problem })
  }
  #put(job: Job): void {
    this.#jobs.set(job.id, job)
    this.#forget()
    for (const listener of this.#listeners) listener(job)
  }
  /** The oldest that have ended go; what waits or runs stays. */
  #forget(): void {
    for (const { id, state } of this.#jobs.values()) {
      if (this.#jobs.size <= kept) return
      if (state !== 'running') this.#jobs.delete(id)
    }
  }
  #now(): string {
    return this.#clock.now().toISOString()
  }
}

function asEnd({ code, words }: Fault): NonNullable<Job['fault']> {
  return { code, words }
}

/** Jobs remembered, once they have ended. */
export const kept = 200
