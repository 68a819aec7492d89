import { z } from 'zod'
import { FieldProfile } from '../catalogue/contract.ts'
import { KindSummary, Oddity } from '../identity/contract.ts'
import { IndicatorFigure, RuleResult } from '../quality/contract.ts'
import { ArrivedColumn, FindingOut, Origin, Words } from '../source/contract.ts'
import { Binding } from '../standard/contract.ts'

/** A column in the result: how it arrived, what it holds, which data elements it is bound to. Distributions stand in catalogue.json. */
export const ResultColumn = ArrivedColumn.extend({
  inferred: FieldProfile.shape.inferred,
  filled: z.int(),
  blank: z.int(),
  nullTokens: z.int(),
  distinct: z.int(),
  distinctExact: z.boolean(),
  binding: Binding.nullable(),
})
export type ResultColumn = z.infer<typeof ResultColumn>

/** One of the six groups of GB/T 36344-2018: sums of its cell-wise indicators. `b = 0` is 不适用. */
export const GroupFigure = z.object({
  code: z.string(),
  name: Words,
  a: z.int(),
  b: z.int(),
  /** Which indicators of the group were measured. */
  indicators: z.array(z.string()),
})
export type GroupFigure = z.infer<typeof GroupFigure>

export const ResultDataset = z.object({
  department: z.string(),
  dataset: z.string(),
  version: z.string(),
  origin: Origin,
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string(),
  columns: z.array(ResultColumn),
  indicators: z.array(IndicatorFigure),
  rules: z.array(RuleResult),
  /** Rows against which at least one strong rule failed. */
  rowsWithStrongFailures: z.int(),
})
export type ResultDataset = z.infer<typeof ResultDataset>

export const ResultDepartment = z.object({
  name: z.string(),
  datasets: z.int(),
  rows: z.int(),
  columns: z.int(),
  bound: z.int(),
  indicators: z.array(IndicatorFigure),
  groups: z.array(GroupFigure),
})
export type ResultDepartment = z.infer<typeof ResultDepartment>

/** One of the worst problems, and the command that shows its rows. */
export const Problem = z.object({
  words: Words,
  department: z.string(),
  dataset: z.string(),
  rule: z.string(),
  failing: z.int(),
  b: z.int(),
  command: z.string(),
})
export type Problem = z.infer<typeof Problem>

/** Everything of a run that differs between two runs on the same input stands here and nowhere else. */
export const RunInfo = z.object({
  id: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  timings: z.array(z.object({ stage: z.string(), seconds: z.number() })),
  /** Where the run's evidence stands in the ledger. */
  receipt: z
    .object({ origin: z.string(), index: z.int(), size: z.int(), root: z.string(), leafHash: z.string() })
    .nullable(),
})
export type RunInfo = z.infer<typeof RunInfo>

/** `result.json`, version 1: what a run found. Published as `schema/result-1.json`. */
export const Result = z.object({
  schema: z.literal('datong/result-1'),
  product: z.object({ name: z.literal('datong'), version: z.string() }),
  run: RunInfo,
  /** Set when the input is the made-up city: 合成数据. */
  synthetic: z.boolean(),
  totals: z.object({
    departments: z.int(),
    datasets: z.int(),
    rows: z.int(),
    columns: z.int(),
    bound: z.int(),
    unreadableRows: z.int(),
  }),
  departments: z.array(ResultDepartment),
  datasets: z.array(ResultDataset),
  indicators: z.array(IndicatorFigure),
  groups: z.array(GroupFigure),
  /** Rules across departments (same-fact consistency). */
  acrossRules: z.array(RuleResult),
  findings: z.array(FindingOut),
  entities: z.array(KindSummary),
  oddities: z.array(Oddity),
  problems: z.array(Problem),
  evidence: z.object({
    algorithm: z.literal('SHA-256'),
    /** Hash of the canonical JSON of this document without `run` and `evidence`. */
    hash: z.string(),
  }),
})
export type Result = z.infer<typeof Result>
