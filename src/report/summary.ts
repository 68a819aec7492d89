import type { Language } from '../core/index.ts'
import type { Result } from './contract.ts'
import { count, share } from './figure.ts'

const words = {
  zh: {
    title: '治理结果',
    synthetic: '（合成数据，非真实）',
    departments: '部门',
    datasets: '数据资源',
    rows: '记录',
    bound: '对标信息项',
    unreadable: '无法读取的记录',
    quality: '质量（GB/T 36344-2018，A/B）',
    entities: '跨部门主体',
    person: '自然人',
    enterprise: '企业',
    shared: '见于两个以上部门',
    contradicting: '部门间不一致',
    heldBack: '待人工确认的记录',
    oddities: '值得一看',
    problems: '最突出的三个问题',
    evidence: '存证',
    none: '无',
    units: { cell: '数据元素', row: '记录', pair: '主体事实' },
  },
  en: {
    title: 'Result',
    synthetic: ' (synthetic data, not real)',
    departments: 'departments',
    datasets: 'data resources',
    rows: 'records',
    bound: 'items bound to standards',
    unreadable: 'unreadable records',
    quality: 'Quality (GB/T 36344-2018, A/B)',
    entities: 'Entities across departments',
    person: 'people',
    enterprise: 'enterprises',
    shared: 'in two or more departments',
    contradicting: 'contradicting',
    heldBack: 'records held back for a decision',
    oddities: 'Worth a look',
    problems: 'The three worst problems',
    evidence: 'Evidence',
    none: 'none',
    units: { cell: 'of cells', row: 'of records', pair: 'of shared facts' },
  },
} as const

/** One screen (at most some thirty lines) that says what a run found. */
export function summaryLines(result: Result, language: Language): string[] {
  const w = words[language]
  const { totals } = result
  return [
    `${w.title}${result.synthetic ? w.synthetic : ''}`,
    `  ${w.departments} ${count(totals.departments)} · ${w.datasets} ${count(totals.datasets)} · ${w.rows} ${count(totals.rows)}` +
      ` · ${w.bound} ${count(totals.bound)}/${count(totals.columns)} · ${w.unreadable} ${count(totals.unreadableRows)}`,
    '',
    w.quality,
    ...result.groups.map((g) => `  ${groupLine(g, language)}`),
    '',
    w.entities,
    ...result.entities.map(
      (e) =>
        `  ${w[e.kind]} ${count(e.entities)} · ${w.shared} ${count(e.shared)} · ${w.contradicting} ${count(e.contradicting)} · ${w.heldBack} ${count(e.heldBack)}`,
    ),
    ...section(w.oddities, oddityLines(result, language)),
    ...section(
      w.problems,
      result.problems.length === 0
        ? [`  ${w.none}`]
        : result.problems.flatMap((p, i) => [`  ${i + 1}. ${p.words[language]}`, `     ${p.command}`]),
    ),
    '',
    `${w.evidence}  SHA-256 ${result.evidence.hash}`,
    ...(result.run.receipt ? [`  ${result.run.receipt.origin} #${result.run.receipt.index}`] : []),
  ]
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

/** `准确性  99.88 % 数据元素 (1,002/1,004) · 99.96 % 记录 (…)`: one figure for each unit. */
function groupLine(g: Result['groups'][number], language: Language): string {
  const parts = g.unit === null ? [] : [{ unit: g.unit, a: g.a, b: g.b }, ...g.others]
  const figures = parts.map(
    (p) => `${share(p.a, p.b, language)} ${words[language].units[p.unit]} (${count(p.a)}/${count(p.b)})`,
  )
  return `${g.name[language]}  ${figures.join(' · ') || share(0, 0, language)}`
}

/** The largest case of each kind. */
function oddityLines(result: Result, language: Language): string[] {
  const seen = new Set<string>()
  return result.oddities.filter((o) => !seen.has(o.kind) && seen.add(o.kind)).map((o) => `  ${o.words[language]}`)
}
