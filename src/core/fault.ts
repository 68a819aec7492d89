import { type Faults, faults } from './faults/index.ts'
import { type Particulars, say, type Words } from './words.ts'

/** One row of the fault table: HTTP status, whether trying again may help, words for people. */
export interface FaultRow {
  readonly status: number
  readonly retry: boolean
  readonly zh: string
  readonly en: string
}

/** What a room's part of the table looks like: `'<room>.<what>'` to its row. */
export type FaultTable = Readonly<Record<`${string}.${string}`, FaultRow>>

/** Every code that exists. The compiler refuses a code that stands in no table. */
export type FaultCode = keyof Faults & string

/** An error a person may read: stable code for programs, words in 中 and 英 for people, cause kept. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly particulars: Particulars
  readonly status: number
  readonly retry: boolean
  readonly words: Words

  constructor(code: FaultCode, particulars: Particulars = {}, options?: ErrorOptions) {
    const row: FaultRow = faults[code]
    const words = say(row, particulars)
    super(`${code}: ${words.en}`, options)
    this.name = 'Fault'
    this.code = code
    this.particulars = particulars
    this.status = row.status
    this.retry = row.retry
    this.words = words
  }
}

/** Makes a fault: `throw fault('source.no-such-folder', { path })`. */
export function fault(code: FaultCode, particulars?: Particulars, options?: ErrorOptions): Fault {
  return new Fault(code, particulars, options)
}

/** The fault itself, or `core.unexpected` with the unknown error as its cause. An abort becomes `core.cancelled`. */
export function asFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  if (error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError'))
    return fault('core.cancelled', {}, { cause: error })
  return fault('core.unexpected', {}, { cause: error })
}
