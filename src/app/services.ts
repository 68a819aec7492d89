import type { SignIn } from '../access/index.ts'
import { listVersions, type VersionRecord } from '../catalogue/index.ts'
import type { Finding, Watch } from '../core/index.ts'
import { fault } from '../core/index.ts'
import type { Engine, Session } from '../engine/index.ts'
import type { DatasetDetail, DatasetLine, FindingPage, RunLine, Services, VersionLine } from '../http/index.ts'
import { type EntityKind, listEntities, viewEntity } from '../identity/index.ts'
import { verifyLedger } from '../ledger/index.ts'
import { deriveRules, failingRows, groupFigures } from '../quality/index.ts'
import { type Result, type ResultDataset, reportHtml } from '../report/index.ts'
import type { Store } from '../store/index.ts'
import { type Jobs, listRuns, type RunRecord } from '../work/index.ts'
import { maskedField } from './assemble.ts'
import type { CurrentRun } from './current.ts'
import { findDataset, requireRun } from './finished.ts'
import { govern } from './govern.ts'
import { allAnswer } from './ready.ts'
import type { ServeOptions } from './serve.ts'
import type { Finished } from './workspace.ts'

interface Parts {
  readonly options: ServeOptions
  readonly engine: Engine
  readonly signIn: SignIn
  readonly jobs: Jobs
  readonly store: Store
  readonly current: CurrentRun
}

/** What HTTP asks for, answered from the latest finished run. */
export function makeServices({ options, engine, store, signIn, jobs, current }: Parts): Services {
  const { data } = options
  const latest = () => current.get()
  const required = async (): Promise<Finished> => (await latest()) ?? requireRun(data)
  const query = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    await using session = await engine.open()
    return await work(session)
  }
  return {
    version: options.version,
    ready: () => allAnswer({ store, engine, data }),
    signIn: async (token) => {
      const { secret, session } = await signIn.redeem(token)
      return { cookie: secret, who: { role: session.role, expiresAt: session.expiresAt.toISOString() } }
    },
    who: async (cookie) => {
      const session = signIn.who(cookie)
      return session && { role: session.role, expiresAt: session.expiresAt.toISOString() }
    },
    signOut: async (cookie) => signIn.end(cookie),
    latest: async () => (await latest())?.result,
    report: async (language) => reportHtml((await required()).result, language ?? options.language),
    datasets: async ({ q, department, cursor, limit }) => {
      const run = await latest()
      const wanted = q?.trim().toLowerCase()
      const all = (run?.result.datasets ?? []).filter(
        (d) => (department === undefined || d.department === department) && (!wanted || mentions(d, wanted)),
      )
      return page(all, cursor, limit, lineOf)
    },
    versions: async (department, dataset, { cursor, limit }) => {
      const offset = offsetOf(cursor)
      const { items, total } = await listVersions(store.db, department, dataset, { offset, limit })
      if (total === 0) throw fault('app.no-dataset', { name: `${department}/${dataset}` })
      const now = (await latest())?.result.datasets.find((d) => d.department === department && d.dataset === dataset)
      return {
        items: items.map((item) => versionLine(item, now?.version)),
        total,
        next: nextOf(offset, limit, total),
      }
    },
    runs: async ({ cursor, limit }) => {
      const offset = offsetOf(cursor)
      const { items, total } = await listRuns(store.db, { offset, limit })
      const now = (await latest())?.result.run.id
      return { items: items.map((run) => runLine(run, now)), total, next: nextOf(offset, limit, total) }
    },
    dataset: async (department, dataset) => detailOf(await required(), department, dataset),
    allFindings: async ({ cursor, limit }) => findingPage((await latest())?.result.findings ?? [], cursor, limit),
    findings: async (department, dataset, { cursor, limit }) =>
      findingPage(findDataset(await required(), department, dataset).version.findings, cursor, limit),
    failing: async (department, dataset, { rule, cursor, limit }, signal) => {
      const run = await required()
      const { version, profile, bindings } = findDataset(run, department, dataset)
      const found = deriveRules(profile, bindings, run.today).find((r) => r.id === rule)
      const known = run.result.datasets
        .flatMap((d) => d.rules)
        .find((r) => r.department === department && r.dataset === dataset && r.id === rule)
      if (found === undefined || known === undefined) throw fault('app.no-rule', { name: rule })
      const offset = offsetOf(cursor)
      const items = await query((session) => failingRows(session, version.table, found, offset, limit, { signal }))
      return { items, total: known.failing, next: items.length === limit ? String(offset + limit) : null }
    },
    entities: async ({ kind, q, cursor, limit }, signal) => {
      const run = await required()
      if (!holds(run, kind)) return { items: [], next: null }
      const offset = offsetOf(cursor)
      const items = await query((session) =>
        listEntities(session, run.files, run.sources, kind, { ...(q ? { q } : {}), offset, limit }, { signal }),
      )
      return { items, next: items.length === limit ? String(offset + limit) : null }
    },
    entity: async (kind, id, signal) => {
      const run = await required()
      if (!holds(run, kind)) throw fault('identity.no-entity', { id })
      return query((session) => viewEntity(session, run.files, run.sources, kind, id, { signal }))
    },
    ledger: async () => {
      const { origin, size, root, vkey } = await verifyLedger(data)
      return { origin, size, root, vkey }
    },
    jobs: () => jobs.list(),
    job: (id) => jobs.get(id),
    cancel: (id) => jobs.cancel(id),
    watchJobs: (listener) => jobs.watch(listener),
    watchRuns: (listener) => current.watch(listener),
    startGovern: async () => {
      const { folder } = options
      if (folder === undefined) throw fault('app.no-run', { path: data })
      const { job, outcome, noted } = jobs.start({
        kind: 'govern',
        title: { zh: '重新治理', en: 'Govern again' },
        run: async (watch: Watch) => {
          const result = await govern({ ...options, folder }, watch)
          current.forget()
          return result
        },
      })
      outcome.catch(() => {})
      await noted
      return job
    },
  }
}

/** Whether a run found entities of a kind; it leaves no files where it found none. */
function holds(run: Finished, kind: EntityKind): boolean {
  return run.result.entities.some((e) => e.kind === kind && e.entities > 0)
}

function mentions(d: ResultDataset, wanted: string): boolean {
  const words = [
    d.department,
    d.dataset,
    ...d.columns.flatMap((c) => [c.name, c.binding?.elementName.zh ?? '', c.binding?.element ?? '']),
  ]
  return words.some((w) => w.toLowerCase().includes(wanted))
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,9}$/.test(cursor)) throw fault('http.bad-request', { why: 'cursor' })
  return Number(cursor)
}

function page<T, U>(
  all: readonly T[],
  cursor: string | undefined,
  limit: number,
  shape: (item: T) => U,
): { items: U[]; total: number; next: string | null } {
  const offset = offsetOf(cursor)
  return {
    items: all.slice(offset, offset + limit).map(shape),
    total: all.length,
    next: nextOf(offset, limit, all.length),
  }
}

function nextOf(offset: number, limit: number, total: number): string | null {
  return offset + limit < total ? String(offset + limit) : null
}

function versionLine(v: VersionRecord, now: string | undefined): VersionLine {
  return {
    ...v,
    origin: v.origin as VersionLine['origin'],
    firstSeenAt: v.firstSeenAt.toISOString(),
    lastSeenAt: v.lastSeenAt.toISOString(),
    current: v.version === now,
  }
}

function runLine(run: RunRecord, now: string | undefined): RunLine {
  return {
    ...run,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt.toISOString(),
    current: run.id === now,
  }
}

type FindingOut = Result['findings'][number]

function findingPage(
  findings: readonly (Finding | FindingOut)[],
  cursor: string | undefined,
  limit: number,
): FindingPage {
  const numbered = findings.map((f, i) => ({ ...f, number: i + 1 }) as FindingPage['items'][number])
  return page(numbered, cursor, limit, (f) => f)
}

function lineOf(d: ResultDataset): DatasetLine {
  return {
    department: d.department,
    dataset: d.dataset,
    version: d.version,
    format: d.origin.format,
    rows: d.rows,
    bytes: d.bytes,
    columns: d.columns.length,
    bound: d.columns.filter((c) => c.binding !== null).length,
    groups: groupFigures(d.indicators),
    failingRules: d.rules.filter((r) => r.failing > 0).length,
  }
}

function detailOf(run: Finished, department: string, dataset: string): DatasetDetail {
  const { version, profile, bindings } = findDataset(run, department, dataset)
  const found = run.result.datasets.find((d) => d.department === department && d.dataset === dataset)!
  return {
    ...found,
    groups: groupFigures(found.indicators),
    findings: version.findings.length,
    fields: profile.fields.map((f) =>
      maskedField(
        f,
        bindings.find((b) => b.column === f.name),
      ),
    ),
  }
}
