import { z } from 'zod'
import { FieldProfile } from '../catalogue/contract.ts'
import { KindSummary, Oddity } from '../identity/contract.ts'
import { IndicatorFigure, RuleResult } from '../quality/contract.ts'
import { ArrivedColumn, FindingOut, Origin, Words } from '../source/contract.ts'
import { Binding } from '../standard/contract.ts'

/** A column in the result: how it arrived, what it holds, which data elements it is bound to. Distributions stand in catalogue.json. */
export const ResultColumn = ArrivedColumn.extend({
  inferred: FieldProfile.shape.inferred,
  filled: z.int().describe('Values that are neither missing nor blank nor a null token.'),
  blank: z.int().describe('Values missing or blank.'),
  nullTokens: z.int().describe('Null tokens (无, 不详, N/A…).'),
  distinct: z.int().describe('Distinct filled values.'),
  distinctExact: z.boolean().describe('False: an estimate.'),
  binding: Binding.nullable().describe('The data element (数据元) the column is bound to, or null.'),
})
export type ResultColumn = z.infer<typeof ResultColumn>

/** What the indicators of one group and one unit add up to. */
export const GroupPart = z.object({
  unit: IndicatorFigure.shape.unit,
  a: z.int().describe('What conforms, added over the indicators.'),
  b: z.int().describe('What was evaluated, added over the indicators.'),
  indicators: z.array(z.string()).describe('Codes of the indicators that were added.'),
})

/** One of the six groups of GB/T 36344-2018. Cells, records and pairs are never added into one figure. */
export const GroupFigure = z.object({
  code: z.string().describe('01 规范性 … 06 可访问性.'),
  name: Words.describe('Name of the group.'),
  a: z.int().describe('A of the first part: cells before records before pairs.'),
  b: z.int().describe('B of the first part. 0 means 不适用 (not applicable).'),
  indicators: z.array(z.string()).describe('Indicators of the first part.'),
  unit: GroupPart.shape.unit.nullable().describe('Unit of the first part; null where nothing was measured.'),
  others: z.array(GroupPart).describe('Figures of the other units: the group is not known by its first part alone.'),
})
export type GroupFigure = z.infer<typeof GroupFigure>

export const ResultDataset = z.object({
  department: z.string().describe('Department (部门): the folder.'),
  dataset: z.string().describe('Dataset (数据资源): file, with `#sheet` or member where there are several.'),
  version: z.string().describe('Identifier of the immutable version in the lake: follows from the bytes.'),
  origin: Origin.describe('Where it came from and how its bytes were read.'),
  rows: z.int().describe('Records read.'),
  bytes: z.int().describe('Size of the file.'),
  sha256: z.string().describe("SHA-256 of the file's bytes as they arrived."),
  columns: z.array(ResultColumn).describe('Columns (信息项) in order.'),
  indicators: z.array(IndicatorFigure).describe('Indicators of GB/T 36344-2018 on this dataset.'),
  rules: z.array(RuleResult).describe('What each rule found.'),
  rowsWithStrongFailures: z.int().describe('Records against which at least one strong rule failed.'),
})
export type ResultDataset = z.infer<typeof ResultDataset>

export const ResultDepartment = z.object({
  name: z.string().describe('Name of the folder.'),
  datasets: z.int().describe('Datasets.'),
  rows: z.int().describe('Records.'),
  columns: z.int().describe('Columns.'),
  bound: z.int().describe('Columns bound to data elements.'),
  indicators: z.array(IndicatorFigure).describe('Indicators on all datasets of the department.'),
  groups: z.array(GroupFigure).describe('The six groups.'),
})
export type ResultDepartment = z.infer<typeof ResultDepartment>

/** One of the worst problems, and the command that shows its rows. */
export const Problem = z.object({
  words: Words.describe('The problem in words.'),
  department: z.string().describe('Department.'),
  dataset: z.string().describe('Dataset.'),
  rule: z.string().describe('Rule that found it.'),
  failing: z.int().describe('How many fail.'),
  b: z.int().describe('Out of how many.'),
  command: z.string().describe('Command that shows the failing records.'),
})
export type Problem = z.infer<typeof Problem>

/** Everything of a run that differs between two runs on the same input stands here and nowhere else. */
export const RunInfo = z.object({
  id: z.string().describe('Identifier of the run.'),
  startedAt: z.string().describe('ISO 8601, UTC.'),
  finishedAt: z.string().describe('ISO 8601, UTC.'),
  timings: z
    .array(
      z.object({
        stage: z.string().describe('Stage of the run.'),
        seconds: z.number().describe('Wall-clock seconds.'),
      }),
    )
    .describe('Seconds per stage.'),
  receipt: z
    .object({
      origin: z.string().describe('Name of the log.'),
      index: z.int().describe('Place of the entry.'),
      size: z.int().describe('Size of the tree that holds it.'),
      root: z.string().describe('Root hash of that tree.'),
      leafHash: z.string().describe('Leaf hash of the entry, RFC 6962.'),
    })
    .nullable()
    .describe("Where the run's evidence stands in the ledger (账本)."),
})
export type RunInfo = z.infer<typeof RunInfo>

/** `result.json`, version 1: what a run found. Published as `schema/result-1.json`. */
export const Result = z.object({
  schema: z.literal('datong/result-1').describe('Name and version of this document.'),
  product: z
    .object({
      name: z.literal('datong').describe('The program.'),
      version: z.string().describe('Its version.'),
    })
    .describe('What wrote it.'),
  run: RunInfo.describe('Everything that differs between two runs on the same input stands here and nowhere else.'),
  synthetic: z.boolean().describe('True for the made-up city: 合成数据.'),
  totals: z
    .object({
      departments: z.int().describe('Departments.'),
      datasets: z.int().describe('Datasets.'),
      rows: z.int().describe('Records read.'),
      columns: z.int().describe('Columns.'),
      bound: z.int().describe('Columns bound to data elements.'),
      unreadableRows: z.int().describe('Records that could not be read; each is a finding.'),
    })
    .describe('Sums over the input.'),
  departments: z.array(ResultDepartment).describe('Departments (部门), one per folder.'),
  datasets: z.array(ResultDataset).describe('Datasets (数据资源).'),
  indicators: z.array(IndicatorFigure).describe('Indicators of GB/T 36344-2018 on the whole input.'),
  groups: z.array(GroupFigure).describe('The six groups on the whole input.'),
  acrossRules: z.array(RuleResult).describe('Rules across departments: same-fact consistency, 0401.'),
  findings: z.array(FindingOut).describe('What was found while reading files.'),
  entities: z.array(KindSummary).describe('Entities (主体) per kind.'),
  oddities: z.array(Oddity).describe('Cases worth a look.'),
  problems: z.array(Problem).describe('The three worst problems.'),
  evidence: z
    .object({
      algorithm: z.literal('SHA-256').describe('Hash function.'),
      hash: z.string().describe('Hash of the canonical JSON (RFC 8785) of this document without `run` and `evidence`.'),
    })
    .describe('What stands for this result in the ledger (账本).'),
})
export type Result = z.infer<typeof Result>
