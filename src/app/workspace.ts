import { join } from 'node:path'
import type { DatasetProfile } from '../catalogue/index.ts'
import type { EntityKind, LinkSource, ResultFiles } from '../identity/index.ts'
import type { Result } from '../report/index.ts'
import type { LoadedVersion } from '../source/index.ts'
import type { Binding } from '../standard/index.ts'

/** The parts of a data directory. */
export const places = (data: string) => ({
  lake: join(data, 'lake'),
  spill: join(data, 'spill'),
  results: join(data, 'results'),
  /** Names the folder of the latest finished run. */
  current: join(data, 'results', 'current.json'),
})

/** A dataset with everything a run has learnt of it. */
export interface Studied {
  readonly version: LoadedVersion
  readonly profile: DatasetProfile
  readonly bindings: readonly Binding[]
}

/** A finished run as the server and `datong rows` read it back. */
export interface Finished {
  readonly result: Result
  readonly studied: readonly Studied[]
  readonly sources: readonly LinkSource[]
  readonly files: ResultFiles
  /** The day the rules took for today. */
  readonly today: string
}

export function resultFiles(folder: string): ResultFiles {
  return {
    crossref: join(folder, 'crossref.parquet'),
    golden: (kind: EntityKind) => join(folder, 'golden', `${kind}.parquet`),
  }
}
