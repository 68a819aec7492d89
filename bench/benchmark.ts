/** A number that was measured, with what a reader needs to judge it. */
export interface Figure {
  readonly what: string
  /** One value per run, in the order measured. */
  readonly values: readonly number[]
  readonly unit: 's' | 'ms' | 'MB' | '×' | 'rows' | 'CPU s'
  /** The highest value that is allowed; absent where nothing was promised. */
  readonly bar?: number
}

/** What a part did: the command, the data, and what it found. */
export interface Outcome {
  /** How anybody repeats it. */
  readonly command: string
  /** Size, seed, and that it is synthetic. */
  readonly data: string
  readonly figures: readonly Figure[]
}

export interface Request {
  /** An empty folder, removed afterwards. */
  readonly scratch: string
  /** Runs of the short ones. */
  readonly runs: number
  say(line: string): void
}

export interface Part {
  readonly name: string
  readonly means: string
  measure(request: Request): Promise<Outcome>
}

export interface Benchmark {
  readonly name: string
  readonly means: string
  readonly parts: readonly Part[]
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
