import type { Result, ResultDataset } from '../contract.ts'
import { count, share, size } from '../figure.ts'
import { figure, severityWords } from './figures.ts'
import { both, html, type Markup, t } from './markup.ts'
import { table } from './table.ts'

export function datasetTable(datasets: readonly ResultDataset[]): Markup {
  return table(
    t('数据资源一览', 'Data resources at a glance'),
    [
      { head: t('部门 / 数据资源', 'Department / resource') },
      { head: t('格式', 'Format') },
      { head: t('记录', 'Records'), figures: true },
      { head: t('大小', 'Size'), figures: true },
      { head: t('对标', 'Bound'), figures: true },
      { head: t('有强问题的记录', 'Records with a strong failure'), figures: true },
    ],
    datasets
      .slice(0, mostDatasets)
      .map((d) => [
        html`${d.department} / ${d.dataset}`,
        `${d.origin.format} ${d.origin.encoding}`,
        count(d.rows),
        size(d.bytes),
        `${count(d.columns.filter((c) => c.binding !== null).length)}/${count(d.columns.length)}`,
        html`${count(d.rowsWithStrongFailures)} <span class="small">${figure(d.rowsWithStrongFailures, d.rows)}</span>`,
      ]),
  )
}

/** A report stays readable: what is beyond these stands in result.json and catalogue.json. */
const mostDatasets = 300
const mostColumns = 200

/** Datasets in full, one after another. */
export function appendix(datasets: readonly ResultDataset[]): Markup {
  return html`${datasets.slice(0, mostDatasets).map(dataset)}${rest(datasets.length - mostDatasets)}`
}
const rest = (n: number): Markup =>
  n <= 0
    ? html``
    : html`<p class="small">${t(`其余 ${count(n)} 项见 result.json。`, `${count(n)} more in result.json.`)}</p>`

/** One dataset in full: closed on screen until asked for, open on paper. */
function dataset(d: ResultDataset): Markup {
  const failed = d.rules.filter((r) => r.failing > 0).sort((a, b) => b.failing - a.failing || (a.id < b.id ? -1 : 1))
  return html`<details><summary><h3>${d.department} / ${d.dataset}</h3> <span class="small">${count(d.rows)} ${t('条记录', 'records')}</span></summary>
<p class="small">${d.origin.path} · ${d.origin.format} · ${d.origin.encoding} · ${size(d.bytes)} · SHA-256 <code>${d.sha256}</code></p>
${columns(d)}${rest(d.columns.length - mostColumns)}${failed.length === 0 ? html`<p class="small">${t('全部规则通过。', 'Every rule passed.')}</p>` : html`${failedRules(failed)}${rest(failed.length - mostColumns)}`}</details>`
}

function columns(d: ResultDataset): Markup {
  return table(
    t('信息项', 'Data items'),
    [
      { head: t('名称', 'Name') },
      { head: t('类型', 'Type') },
      { head: t('有值', 'Filled'), figures: true },
      { head: t('数据元', 'Data element') },
      { head: t('依据', 'Evidence') },
    ],
    d.columns
      .slice(0, mostColumns)
      .map(({ name, inferred, filled, binding }) => [
        name,
        inferred.type,
        figure(filled, d.rows),
        binding
          ? html`${both(binding.elementName)}${binding.role && html` <span class="small">(${binding.role})</span>`}<br><span class="small">${binding.standard} · ${binding.grade} · ${share(Math.round(binding.confidence * 100), 100, 'en')}</span>`
          : '—',
        html`<span class="small">${(binding?.evidence ?? []).map((e) => html`${both(e.words)}<br>`)}</span>`,
      ]),
  )
}

function failedRules(failed: ResultDataset['rules']): Markup {
  return table(
    t('未通过的规则', 'Rules that failed'),
    [
      { head: t('规则', 'Rule') },
      { head: t('轻重', 'Severity') },
      { head: t('依据', 'Rests on') },
      { head: t('A/B', 'A/B'), figures: true },
      { head: t('不符合', 'Failing'), figures: true },
    ],
    failed
      .slice(0, mostColumns)
      .map((r) => [
        html`${both(r.words)}<br><code class="small">${r.id}</code>`,
        severityWords[r.severity],
        r.cites,
        figure(r.a, r.b),
        html`<span class="bad">${count(r.failing)}</span>`,
      ]),
  )
}

/** What reading found, one line for each kind with its first places. */
export function findings(result: Result): Markup {
  const told = result.findings.filter((f) => f.severity !== 'note')
  const notes = result.findings.length - told.length
  const more =
    notes === 0
      ? html``
      : html`<p class="small">${t(`另有 ${count(notes)} 条提示，见 result.json。`, `${count(notes)} notes besides, in result.json.`)}</p>`
  if (told.length === 0) return html`<p>${t('全部文件均已完整读取。', 'All files were read completely.')}</p>${more}`
  const kinds = [...Map.groupBy(told, (f) => f.code)]
  return html`${table(
    t(`读取时的发现，共 ${count(told.length)} 条`, `Findings of reading, ${count(told.length)} in all`),
    [
      { head: t('发现', 'Finding') },
      { head: t('轻重', 'Severity') },
      { head: t('位置（至多五处）', 'Places (at most five)') },
      { head: t('条数', 'Count'), figures: true },
    ],
    kinds.map(([code, own]) => [
      html`${both(own[0]!.words)}<br><code class="small">${code}</code>`,
      severityWords[own[0]!.severity],
      html`${own.slice(0, 5).map((f) => html`${place(f.place)}<br>`)}`,
      count(own.length),
    ]),
  )}${more}`
}

function place(p: Result['findings'][number]['place']): string {
  const parts = [
    p.file,
    p.sheet && `#${p.sheet}`,
    p.line !== undefined && `:${p.line}`,
    p.row !== undefined && `@${p.row}`,
    p.column && `[${p.column}]`,
  ]
  return parts.filter(Boolean).join(' ')
}
