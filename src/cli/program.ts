import type { DatasetProfile } from '../catalogue/index.ts'
import type { Finding, Language, Watch } from '../core/index.ts'
import type { FailingRow } from '../quality/index.ts'
import type { Result } from '../report/index.ts'
import type { Settings } from './settings.ts'

/** What the command line asks of the program behind it. The room `app` is that program. */
export interface Program {
  readonly version: string
  govern(request: GovernRequest, watch: Watch): Promise<GovernAnswer>
  demo(request: DemoRequest, watch: Watch): Promise<DemoAnswer>
  /** Resolves when the server listens; `closed` when it has stopped. */
  serve(request: ServeRequest, watch: Watch): Promise<ServeAnswer>
  profile(request: { readonly file: string; readonly settings: Settings }, watch: Watch): Promise<ProfileAnswer>
  rows(request: RowsRequest, watch: Watch): Promise<readonly FailingRow[]>
  ledgerStatus(settings: Settings): Promise<LedgerStatus>
  ledgerVerify(settings: Settings, watch: Watch): Promise<LedgerCheck>
}

export interface GovernRequest {
  readonly folder: string
  readonly out: string
  readonly language: Language
  readonly settings: Settings
}
export interface GovernAnswer {
  readonly result: Result
  readonly out: string
}
export interface DemoRequest {
  readonly folder: string
  readonly people: number
  readonly enterprises: number
  readonly seed: number
  readonly truth?: string
}
export interface DemoAnswer {
  readonly departments: number
  readonly datasets: number
  readonly rows: number
  readonly bytes: number
}
export interface ServeRequest {
  readonly folder?: string
  /** Write and govern the made-up city first when the data directory holds no result yet. */
  readonly demo: boolean
  readonly language: Language
  readonly settings: Settings
}
export interface ServeAnswer {
  readonly address: string
  /** One-time sign-in link. */
  readonly link: string
  readonly result?: Result
  readonly closed: Promise<void>
}
export interface ProfileAnswer {
  readonly profiles: readonly DatasetProfile[]
  readonly findings: readonly Finding[]
}
export interface RowsRequest {
  readonly department: string
  readonly dataset: string
  readonly rule: string
  readonly limit: number
  readonly settings: Settings
}
export interface LedgerStatus {
  readonly origin: string
  readonly size: number
  readonly root: string
  readonly vkey: string
}
export interface LedgerCheck extends LedgerStatus {
  readonly ok: boolean
  readonly problems: readonly Finding[]
}
