import { z } from 'zod'
import { Words } from '../source/contract.ts'

/** One of the 20 indicators of GB/T 36344-2018 on a scope. `b = 0` means 不适用 (not applicable), never 100 %. */
export const IndicatorFigure = z.object({
  code: z.string().describe('Code of GB/T 36344-2018, such as 0304.'),
  group: z.string().describe('The first two digits: 01 规范性 … 06 可访问性.'),
  name: Words.describe('Name of the indicator.'),
  direction: z.enum(['up', 'down']).describe('up: higher is better; down (0303, 0305): A counts what should not be.'),
  unit: z
    .enum(['cell', 'row', 'pair'])
    .describe(
      'What A and B count: cell 数据元素, row (a record once for each rule that applies to it), pair (a subject with one fact told by several departments). Units are never added up.',
    ),
  a: z.int().describe('Numerator A.'),
  b: z.int().describe('Denominator B. 0 means 不适用 (not applicable), never 100 %.'),
  failing: z.int().describe('Cells, rows or pairs that stand against the indicator.'),
  scope: z.string().describe('What was counted: a dataset, a department, the whole input.'),
  edition: z.string().describe('Edition of the rules that counted.'),
})
export type IndicatorFigure = z.infer<typeof IndicatorFigure>

/** What one rule found on one dataset. */
export const RuleResult = z.object({
  id: z.string().describe('`<indicator>/<kind>@<columns>`; `datong rows` takes it.'),
  indicator: z.string().describe('Code of the indicator it counts for.'),
  severity: z
    .enum(['strong', 'weak'])
    .describe('strong: who or what is meant is in doubt; weak: form, contact data, placeholders.'),
  department: z.string().describe('Blank: across departments.'),
  dataset: z.string().describe('Blank: across departments.'),
  columns: z.array(z.string()).describe('Columns it looks at.'),
  words: Words.describe('What should hold.'),
  cites: z.string().describe('Standard and edition the rule rests on.'),
  unit: z.enum(['cell', 'row', 'pair']).describe('What A and B count.'),
  a: z.int().describe('Numerator A.'),
  b: z.int().describe('Denominator B: where the rule applies. 0 means 不适用.'),
  failing: z.int().describe('How many fail.'),
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
