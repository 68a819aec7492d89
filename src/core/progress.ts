/** One step of long work, as people see it. */
export interface Step {
  /** Stable name of the stage, e.g. `load`, `bind`, `check`. */
  readonly stage: string
  /** What is being done right now: a file, a dataset. Never personal data. */
  readonly item?: string
  readonly done: number
  readonly total: number
  readonly rows?: number
}

/** How long work is watched and stopped. Both come from the caller. */
export interface Watch {
  readonly signal?: AbortSignal
  readonly progress?: (step: Step) => void
}
