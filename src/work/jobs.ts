import { randomUUID } from 'node:crypto'
import { asFault, type Clock, type Fault, fault, type Step, type Watch, type Words } from '../core/index.ts'
import type { Store } from '../store/index.ts'
import type { Job } from './contract.ts'
import { type JobHistory, recentJobs, storedHistory } from './history.ts'

export interface JobRequest<T> {
  readonly kind: string
  readonly title: Words
  readonly run: (watch: Watch) => Promise<T>
}
/** A job under way and what will come of it. `outcome` rejects with the fault that ended it. */
export interface Started<T> {
  readonly job: Job
  readonly outcome: Promise<T>
  /** Resolves when the job is written down: from then on it is known even after `kill -9`. */
  readonly noted: Promise<void>
}

/** Jobs: one after another, watched, cancellable. The latest {@link kept} are at hand; all are kept in the store. */
export class Jobs {
  readonly #clock: Clock
  readonly #jobs = new Map<string, Job>()
  readonly #aborts = new Map<string, AbortController>()
  readonly #listeners = new Set<(job: Job) => void>()
  readonly #waiting = new Set<string>()
  readonly #history: JobHistory
  #tail: Promise<unknown> = Promise.resolve()
  #saved: Promise<void> = Promise.resolve()
  /** Without a history jobs are remembered until the process ends. */
  constructor(clock: Clock, history: JobHistory = { save: async () => {} }, known: readonly Job[] = []) {
    this.#clock = clock
    this.#history = history
    for (const job of known) this.#jobs.set(job.id, job)
  }

  /** With the jobs of earlier processes; one that was cut short is `interrupted`. */
  static async open(clock: Clock, store: Store): Promise<Jobs> {
    return new Jobs(clock, storedHistory(store), await recentJobs(store, kept))
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
    const noted = this.#save(job)
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
    return { job, outcome, noted }
  }

  /** Cancels what runs and waits until it has stopped and is written down. */
  async close(): Promise<void> {
    for (const abort of this.#aborts.values()) abort.abort()
    await this.#tail
    await this.#saved
  }

  #step(id: string, { stage, item, done, total, rows }: Step): void {
    const job = this.#jobs.get(id)
    if (job?.state === 'running') this.#put({ ...job, stage, item: item ?? null, done, total, rows: rows ?? job.rows })
  }
  #end(id: string, state: Job['state'], problem: Job['fault']): void {
    const known = this.#jobs.get(id)
    this.#aborts.delete(id)
    if (known?.state !== 'running') return
    const job: Job = { ...known, state, finishedAt: this.#now(), fault: problem }
    this.#put(job)
    void this.#save(job)
  }
  /** One after another. A store that fails does not stop the work: the job is then found interrupted. */
  #save(job: Job): Promise<void> {
    this.#saved = this.#saved.then(() => this.#history.save(job)).catch(() => {})
    return this.#saved
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
