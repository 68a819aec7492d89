import { asFault, Fault, fault } from '../../../core/index.ts'

/** What failed, for the log: the stage and the SQL. Never shown to people, because literals may hold data. */
export class EngineError extends Error {
  readonly stage: string
  readonly sql: string
  constructor(stage: string, sql: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = 'EngineError'
    this.stage = stage
    this.sql = sql
  }
}

/** DuckDB's words as our faults: cancelled, out of memory, disk full, or failed. */
export function engineFault(error: unknown, stage: string, sql: string, signal?: AbortSignal): Fault {
  if (error instanceof Fault) return error
  if (signal?.aborted) return fault('core.cancelled', {}, { cause: error })
  const words = error instanceof Error ? error.message : ''
  const cause = new EngineError(stage, sql, error)
  if (words.includes('INTERRUPT')) return asFault(new DOMException('interrupted', 'AbortError'))
  if (/Out of Memory/i.test(words) && !/max_temp_directory_size|No space left|File too large/i.test(words))
    return fault('engine.no-memory', { stage }, { cause })
  if (/No space left on device|max_temp_directory_size|disk quota|File too large|failed to offload/i.test(words))
    return fault('engine.no-space', { stage }, { cause })
  return fault('engine.failed', { stage }, { cause })
}
