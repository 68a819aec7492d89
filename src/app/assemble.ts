import type { FieldProfile } from '../catalogue/index.ts'
import { type Finding, mask, maskNumbers, truncate } from '../core/index.ts'
import type { KindSummary, Oddity } from '../identity/index.ts'
import { type Checked, groupFigures, indicatorsOf, type RuleResult, worstProblems } from '../quality/index.ts'
import {
  evidenceHash,
  type Problem,
  type Result,
  type ResultDataset,
  type ResultDepartment,
  type RunInfo,
} from '../report/index.ts'
import type { Binding } from '../standard/index.ts'
import type { Studied } from './workspace.ts'

export interface Parts {
  readonly version: string
  readonly run: RunInfo
  readonly synthetic: boolean
  readonly studied: readonly Studied[]
  readonly checked: readonly Checked[]
  readonly across: readonly RuleResult[]
  readonly findings: readonly Finding[]
  readonly entities: readonly KindSummary[]
  readonly oddities: readonly Oddity[]
}

/** Puts a run's findings together as `result.json` says them. */
export function assemble(parts: Parts): Result {
  const datasets = parts.studied.map((s, i) => datasetOf(s, parts.checked[i]!))
  const rules = datasets.flatMap((d) => d.rules)
  const indicators = indicatorsOf([...rules, ...parts.across], 'city')
  const body = {
    schema: 'datong/result-1' as const,
    product: { name: 'datong' as const, version: parts.version },
    synthetic: parts.synthetic,
    totals: totalsOf(datasets, parts.findings),
    departments: departmentsOf(datasets),
    datasets,
    indicators,
    groups: groupFigures(indicators),
    acrossRules: [...parts.across],
    findings: parts.findings as Result['findings'],
    entities: [...parts.entities],
    oddities: [...parts.oddities],
    problems: worstProblems(rules, 3).map(problemOf),
  }
  return { ...body, run: parts.run, evidence: { algorithm: 'SHA-256', hash: evidenceHash(body) } }
}

const unreadable = /^source\.(too-few|too-many|bad-encoding|unclosed|stray|record-too-long|bad-json)/

function totalsOf(datasets: readonly ResultDataset[], findings: readonly Finding[]): Result['totals'] {
  const columns = datasets.flatMap((d) => d.columns)
  return {
    departments: new Set(datasets.map((d) => d.department)).size,
    datasets: datasets.length,
    rows: datasets.reduce((n, d) => n + d.rows, 0),
    columns: columns.length,
    bound: columns.filter((c) => c.binding !== null).length,
    unreadableRows: findings.filter((f) => unreadable.test(f.code)).length,
  }
}

function datasetOf({ version, profile, bindings }: Studied, checked: Checked): ResultDataset {
  const { table } = version
  return {
    department: table.department,
    dataset: table.dataset,
    version: table.version,
    origin: version.origin,
    rows: version.rows,
    bytes: version.bytes,
    sha256: version.sha256,
    columns: version.columns.map((c, i) => {
      const { inferred, filled, blank, nullTokens, distinct, distinctExact } = profile.fields[i]!
      return {
        ...c,
        inferred,
        filled,
        blank,
        nullTokens,
        distinct,
        distinctExact,
        binding: bindings.find((b) => b.column === c.name) ?? null,
      }
    }),
    indicators: indicatorsOf(checked.rules, `${table.department}/${table.dataset}`),
    rules: [...checked.rules],
    rowsWithStrongFailures: checked.rowsWithStrongFailures,
  }
}

function departmentsOf(datasets: readonly ResultDataset[]): ResultDepartment[] {
  return [...Map.groupBy(datasets, (d) => d.department)].map(([name, own]) => {
    const indicators = indicatorsOf(
      own.flatMap((d) => d.rules),
      name,
    )
    const columns = own.flatMap((d) => d.columns)
    return {
      name,
      datasets: own.length,
      rows: own.reduce((n, d) => n + d.rows, 0),
      columns: columns.length,
      bound: columns.filter((c) => c.binding !== null).length,
      indicators,
      groups: groupFigures(indicators),
    }
  })
}

function problemOf(rule: RuleResult): Problem {
  const n = rule.failing.toLocaleString('en-US')
  const place = `${rule.department}/${rule.dataset}`
  return {
    words: {
      zh: `${place}：${rule.words.zh}，${n} 处不符（共 ${rule.b.toLocaleString('en-US')}）`,
      en: `${place}: ${rule.words.en}; ${n} of ${rule.b.toLocaleString('en-US')} fail`,
    },
    department: rule.department,
    dataset: rule.dataset,
    rule: rule.id,
    failing: rule.failing,
    b: rule.b,
    command: `npx datong rows ${quoted(place)} ${quoted(rule.id)}`,
  }
}

/** An argument as a POSIX shell reads it back unharmed. */
export function quoted(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`
}

/** A field's distribution with sensitive values masked, personal numbers in other columns too, and long values cut. */
export function maskedField(field: FieldProfile, binding: Binding | undefined): FieldProfile {
  const sensitive = binding?.grade === 'L3' || binding?.grade === 'L4'
  const hide = (value: string): string => truncate(sensitive ? mask(value) : maskNumbers(value), longestShown)
  return {
    ...field,
    min: field.min === null ? null : hide(field.min),
    max: field.max === null ? null : hide(field.max),
    top: field.top.map((t) => ({ ...t, value: hide(t.value) })),
  }
}
/** Characters of a value in a distribution. */
const longestShown = 200

/** `catalogue.json`: departments, their resources, items with counts, distributions and bindings. No times, no run. */
export function catalogueDocument(studied: readonly Studied[]): unknown {
  const departments = [...Map.groupBy(studied, (s) => s.version.table.department)]
  return {
    schema: 'datong/catalogue-1',
    departments: departments.map(([name, own]) => ({
      name,
      datasets: own.map(({ version, profile, bindings }) => ({
        name: version.table.dataset,
        version: version.table.version,
        origin: version.origin,
        rows: version.rows,
        bytes: version.bytes,
        sha256: version.sha256,
        keys: profile.keys,
        fields: profile.fields.map((f) => {
          const binding = bindings.find((b) => b.column === f.name)
          return { ...maskedField(f, binding), binding: binding ?? null }
        }),
      })),
    })),
  }
}
