import type { Finding } from '../core/index.ts'
import type { LakeTable } from '../engine/index.ts'
import type { ArrivedColumn, Origin } from './contract.ts'

/** An immutable version of a dataset: what was read, from which bytes, and everything that could not be read. */
export interface LoadedVersion {
  readonly table: LakeTable
  readonly origin: Origin
  readonly columns: readonly ArrivedColumn[]
  readonly rows: number
  /** Size of the original file in bytes. */
  readonly bytes: number
  /** SHA-256 of the original bytes, lower-case hexadecimal. */
  readonly sha256: string
  readonly findings: readonly Finding[]
}
