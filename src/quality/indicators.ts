import type { Words } from '../core/index.ts'
import { readJsonList } from '../standard/index.ts'
import type { IndicatorFigure, RuleResult } from './contract.ts'
import { ruleEdition } from './derive.ts'

interface Listed {
  readonly code: string
  readonly group: string
  readonly name: string
  readonly en: string
  readonly direction: 'up' | 'down'
}
const listed = readJsonList<{ indicators: Listed[] }>('gbt36344-2018-indicators.json').indicators

/** The six groups of GB/T 36344-2018 with their codes. */
export const groups: readonly { readonly code: string; readonly name: Words }[] = [
  { code: '01', name: { zh: '规范性', en: 'conformity' } },
  { code: '02', name: { zh: '完整性', en: 'completeness' } },
  { code: '03', name: { zh: '准确性', en: 'accuracy' } },
  { code: '04', name: { zh: '一致性', en: 'consistency' } },
  { code: '05', name: { zh: '时效性', en: 'timeliness' } },
  { code: '06', name: { zh: '可访问性', en: 'accessibility' } },
]

/** What each measured indicator counts. */
const units: Readonly<Record<string, IndicatorFigure['unit']>> = {
  '0101': 'cell',
  '0105': 'cell',
  '0201': 'cell',
  '0302': 'cell',
  '0303': 'row',
  '0304': 'row',
  '0305': 'cell',
  '0401': 'pair',
  '0402': 'row',
  '0503': 'row',
}

/** Indicators on a scope: A and B of its rules added up. An indicator without rules is there with B = 0. */
export function indicatorsOf(rules: readonly RuleResult[], scope: string): IndicatorFigure[] {
  return Object.entries(units).map(([code, unit]) => {
    const meaning = listed.find((i) => i.code === code)!
    const own = rules.filter((r) => r.indicator === code && r.unit === unit)
    const add = (pick: (r: RuleResult) => number): number => own.reduce((n, r) => n + pick(r), 0)
    return {
      code,
      group: meaning.group,
      name: { zh: meaning.name, en: meaning.en },
      direction: meaning.direction,
      unit,
      a: add((r) => r.a),
      b: add((r) => r.b),
      failing: add((r) => r.failing),
      scope,
      edition: ruleEdition,
    }
  })
}

type Unit = IndicatorFigure['unit']
interface GroupPart {
  unit: Unit
  a: number
  b: number
  indicators: string[]
}
interface GroupSum extends Omit<GroupPart, 'unit'> {
  code: string
  name: Words
  unit: Unit | null
  others: GroupPart[]
}

/** Figures of the six groups: what conforms over what was evaluated, for each unit by itself; cells come first, then records, then pairs. */
export function groupFigures(indicators: readonly IndicatorFigure[]): GroupSum[] {
  return groups.map(({ code, name }) => {
    const measured = indicators.filter((i) => i.code.startsWith(code) && i.b > 0)
    const [first, ...others] = (['cell', 'row', 'pair'] as const).flatMap((unit) => partOf(measured, unit))
    return { code, name, ...(first ?? { unit: null, a: 0, b: 0, indicators: [] }), others }
  })
}

function partOf(measured: readonly IndicatorFigure[], unit: Unit): GroupPart[] {
  const own = measured.filter((i) => i.unit === unit)
  const sum = (pick: (i: IndicatorFigure) => number): number => own.reduce((n, i) => n + pick(i), 0)
  if (own.length === 0) return []
  return [{ unit, a: sum((i) => i.b - i.failing), b: sum((i) => i.b), indicators: own.map((i) => i.code) }]
}

const strongWeighs = 10

/**
 * The worst problems: a record that fails a strong rule weighs as much as ten that fail a weak one. Each dataset is named once, and each kind of
 * problem (an indicator of one standard) once, so that three lines say three things.
 */
export function worstProblems(rules: readonly RuleResult[], most: number): RuleResult[] {
  const weight = (r: RuleResult): number => r.failing * (r.severity === 'strong' ? strongWeighs : 1)
  const seen = new Set<string>()
  const first = (...names: readonly string[]): boolean => {
    if (names.some((name) => seen.has(name))) return false
    for (const name of names) seen.add(name)
    return true
  }
  return [...rules]
    .filter((r) => r.failing > 0 && r.dataset !== '')
    .sort((a, b) => weight(b) - weight(a) || (a.id < b.id ? -1 : 1))
    .filter((r) => first(`in ${r.department}/${r.dataset}`, `of ${r.indicator} ${r.cites}`))
    .slice(0, most)
}
