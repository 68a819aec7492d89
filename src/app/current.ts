import { latestRun } from './finished.ts'
import type { Finished } from './workspace.ts'

/** The latest finished run as the server answers from it: read once, and again when news says that there is another. */
export class CurrentRun {
  readonly #data: string
  readonly #listeners = new Set<(run: string) => void>()
  #kept: Promise<Finished | undefined> | undefined

  constructor(data: string) {
    this.#data = data
  }

  get(): Promise<Finished | undefined> {
    if (this.#kept === undefined) {
      const read = latestRun(this.#data)
      this.#kept = read
      // what could not be read is tried again at the next call
      read.catch(() => {
        if (this.#kept === read) this.#kept = undefined
      })
    }
    return this.#kept
  }

  /** The next call reads again. */
  forget(): void {
    this.#kept = undefined
  }

  /** A run was finished. Hearing of the same one twice only reads it twice. */
  hear(run: string): void {
    this.forget()
    for (const listener of this.#listeners) listener(run)
  }

  watch(listener: (run: string) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
