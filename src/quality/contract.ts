import { z } from 'zod'
import { Words } from '../source/contract.ts'

/** One of the 20 indicators of GB/T 36344-2018 on a scope. `b = 0` means 不适用 (not applicable), never 100 %. */
export const IndicatorFigure = z.object({
  code: z.string(),
  group: z.string(),
  name: Words,
  direction: z.enum(['up', 'down']),
  unit: z.enum(['cell', 'row', 'pair']),
  a: z.int(),
  b: z.int(),
  /** Cells, rows or pairs that stand against the indicator. */
  failing: z.int(),
  /** What was counted: a dataset, a department, the city. */
  scope: z.string(),
  /** Edition of the rules that counted. */
  edition: z.string(),
})
export type IndicatorFigure = z.infer<typeof IndicatorFigure>

/** What one rule found on one dataset. */
export const RuleResult = z.object({
  id: z.string(),
  indicator: z.string(),
  severity: z.enum(['strong', 'weak']),
  department: z.string(),
  dataset: z.string(),
  columns: z.array(z.string()),
  words: Words,
  /** Standard and clause or edition the rule rests on. */
  cites: z.string(),
  unit: z.enum(['cell', 'row', 'pair']),
  a: z.int(),
  b: z.int(),
  failing: z.int(),
})
export type RuleResult = z.infer<typeof RuleResult>

/** A failing record as people see it: `value` is masked where the column is graded sensitive. */
export const FailingRow = z.object({
  rule: z.string(),
  row: z.int(),
  column: z.string(),
  value: z.string(),
  reason: Words,
})
export type FailingRow = z.infer<typeof FailingRow>
