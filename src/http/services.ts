import type { z } from 'zod'
import type { Language } from '../core/index.ts'
import type { EntityView } from '../identity/contract.ts'
import type { Result } from '../report/index.ts'
import type { Job } from '../work/index.ts'
import type {
  DatasetDetail,
  DatasetPage,
  DatasetQuery,
  EntityPage,
  EntityQuery,
  FailingPage,
  FailingQuery,
  FindingPage,
  FindingQuery,
  HistoryQuery,
  LedgerState,
  RunPage,
  VersionPage,
  Who,
} from './contract.ts'

/** What the doors need of the program behind them. Every method may be called at the same time as any other. */
export interface Services {
  readonly version: string
  /** True when store, engine and ledger answer. */
  ready(): Promise<boolean>
  /** Exchanges a one-time token for a session cookie's value. Throws an `access.*` fault. */
  signIn(token: string): Promise<{ readonly cookie: string; readonly who: Who }>
  /** Who holds the cookie; undefined when nobody does or the session has ended. */
  who(cookie: string): Promise<Who | undefined>
  signOut(cookie: string): Promise<void>
  latest(): Promise<Result | undefined>
  /** The report of the latest run as HTML, opening in that language. Throws `app.no-run`. */
  report(language: Language | undefined): Promise<string>
  datasets(query: z.output<typeof DatasetQuery>): Promise<DatasetPage>
  dataset(department: string, dataset: string): Promise<DatasetDetail>
  /** What was met while the whole folder was read, files that gave no dataset included. */
  allFindings(query: z.output<typeof FindingQuery>): Promise<FindingPage>
  /** What was met while the dataset's file was read. Throws `app.no-dataset`. */
  findings(department: string, dataset: string, query: z.output<typeof FindingQuery>): Promise<FindingPage>
  /** Every version of a dataset, the latest met first. Throws `app.no-dataset`. */
  versions(department: string, dataset: string, query: z.output<typeof HistoryQuery>): Promise<VersionPage>
  /** Every finished run, the latest first. */
  runs(query: z.output<typeof HistoryQuery>): Promise<RunPage>
  failing(
    department: string,
    dataset: string,
    query: z.output<typeof FailingQuery>,
    signal: AbortSignal,
  ): Promise<FailingPage>
  entities(query: z.output<typeof EntityQuery>, signal: AbortSignal): Promise<EntityPage>
  entity(kind: EntityView['kind'], id: string, signal: AbortSignal): Promise<EntityView>
  ledger(): Promise<LedgerState>
  jobs(): readonly Job[]
  job(id: string): Job | undefined
  /** Starts governing the folder the server was started with, again. */
  startGovern(): Promise<Job>
  cancel(id: string): void
  /** Calls back at every change of any job until the returned function is called. */
  watchJobs(listener: (job: Job) => void): () => void
  /** Calls back with the id of each run that is finished. */
  watchRuns(listener: (run: string) => void): () => void
}
