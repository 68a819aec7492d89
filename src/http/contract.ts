import { z } from 'zod'
import { FieldProfile } from '../catalogue/contract.ts'
import { EntityKind } from '../identity/contract.ts'
import { FailingRow, IndicatorFigure } from '../quality/contract.ts'
import { GroupFigure, Result, ResultDataset } from '../report/contract.ts'
import { FindingOut, Origin, Words } from '../source/contract.ts'

/** A fault as HTTP shows it: RFC 9457 problem details, with words in both languages. */
export const ProblemDetails = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  words: Words,
  retry: z.boolean(),
  requestId: z.string(),
})
export type ProblemDetails = z.infer<typeof ProblemDetails>

/** What 首页 shows: the result of the last run without its datasets. `result` is null before the first run. */
export const Summary = z.object({
  version: z.string(),
  result: Result.omit({ datasets: true, findings: true, acrossRules: true }).extend({ findings: z.int() }).nullable(),
})
export type Summary = z.infer<typeof Summary>

/** One line of the catalogue's list. */
export const DatasetLine = z.object({
  department: z.string(),
  dataset: z.string(),
  version: z.string(),
  format: z.string(),
  rows: z.int(),
  bytes: z.int(),
  columns: z.int(),
  bound: z.int(),
  groups: z.array(GroupFigure),
  failingRules: z.int(),
})
export type DatasetLine = z.infer<typeof DatasetLine>

export const DatasetPage = z.object({ items: z.array(DatasetLine), total: z.int(), next: z.string().nullable() })
export type DatasetPage = z.infer<typeof DatasetPage>

/** A dataset's page: the result with the distributions of its fields, sensitive values masked. */
export const DatasetDetail = ResultDataset.extend({
  fields: z.array(FieldProfile),
  groups: z.array(GroupFigure),
  /** How many findings were met while its file was read. */
  findings: z.int(),
})
export type DatasetDetail = z.infer<typeof DatasetDetail>

/** 版本: one line of a resource's history. Versions are never changed or removed. */
export const VersionLine = z.object({
  version: z.string(),
  /** SHA-256 of the original bytes. */
  sha256: z.string(),
  rows: z.int(),
  bytes: z.int(),
  origin: Origin,
  /** How many runs were about it; the first of them, when that had finished, and when the latest had. */
  runs: z.int(),
  firstRun: z.string(),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  /** Whether the latest run is about it. */
  current: z.boolean(),
})
export type VersionLine = z.infer<typeof VersionLine>

export const VersionPage = z.object({ items: z.array(VersionLine), total: z.int(), next: z.string().nullable() })
export type VersionPage = z.infer<typeof VersionPage>

/** 运行记录: a finished run. */
export const RunLine = z.object({
  id: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** SHA-256 of the result, as sealed in the ledger. */
  evidence: z.string(),
  synthetic: z.boolean(),
  totals: Result.shape.totals,
  current: z.boolean(),
})
export type RunLine = z.infer<typeof RunLine>

export const RunPage = z.object({ items: z.array(RunLine), total: z.int(), next: z.string().nullable() })
export type RunPage = z.infer<typeof RunPage>

export const FailingPage = z.object({ items: z.array(FailingRow), total: z.int(), next: z.string().nullable() })
export type FailingPage = z.infer<typeof FailingPage>

/** What was met while files were read; `number` counts from 1 in the order of reading. */
export const FindingPage = z.object({
  items: z.array(FindingOut.extend({ number: z.int() })),
  total: z.int(),
  next: z.string().nullable(),
})
export type FindingPage = z.infer<typeof FindingPage>

export const EntityLine = z.object({
  kind: EntityKind,
  id: z.string(),
  title: z.string(),
  records: z.int(),
  departments: z.int(),
  contradictions: z.int(),
})
export type EntityLine = z.infer<typeof EntityLine>

export const EntityPage = z.object({ items: z.array(EntityLine), next: z.string().nullable() })
export type EntityPage = z.infer<typeof EntityPage>

export const LedgerState = z.object({ origin: z.string(), size: z.int(), root: z.string(), vkey: z.string() })
export type LedgerState = z.infer<typeof LedgerState>

export const Health = z.object({ status: z.literal('ok') })
export const SignIn = z.object({ token: z.string().min(1).max(200) })
export const Who = z.object({ role: z.string(), expiresAt: z.string() })
export type Who = z.infer<typeof Who>

export const DatasetQuery = z.object({
  q: z.string().max(200).optional(),
  department: z.string().max(400).optional(),
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
/** Of a history, the latest first. */
export const HistoryQuery = z.object({
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const FailingQuery = z.object({
  rule: z.string().min(1).max(2000),
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export const FindingQuery = z.object({
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export const EntityQuery = z.object({
  kind: EntityKind.default('enterprise'),
  q: z.string().max(100).optional(),
  cursor: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export { IndicatorFigure }
