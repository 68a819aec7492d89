import type { Finding, Place, Watch } from '../core/index.ts'
import type { LakeTable, Session } from '../engine/index.ts'
import type { ArrivedColumn, Origin } from './contract.ts'

/** What a reader needs of its surroundings. */
export interface ReadContext {
  readonly session: Session
  /** File name as the user knows it, for its extension. */
  readonly name: string
  readonly place: Place
  /** An empty folder for temporary files, removed by the caller. */
  readonly scratch: string
  readonly watch: Watch
}

/** One table of a file (a sheet, a member, the file itself), recognised and ready to be loaded. */
export interface Piece {
  readonly origin: Partial<Origin>
  readonly columns: readonly ArrivedColumn[]
  readonly findings: readonly Finding[]
  /** Loads the piece into one Parquet file. */
  load(target: string): Promise<PieceLoaded>
}
export interface PieceLoaded {
  readonly rows: number
  readonly rowNumbers: LakeTable['rowNumbers']
  readonly findings: readonly Finding[]
}
