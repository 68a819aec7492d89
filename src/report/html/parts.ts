import type { GroupFigure, Result, ResultDataset, ResultDepartment } from '../contract.ts'
import { count, share, size } from '../figure.ts'
import { both, html, type Markup, t } from './markup.ts'

/** A share in both languages: only 不适用 differs. */
function figure(a: number, b: number): Markup {
  return b === 0 ? t('不适用', 'n/a') : html`${share(a, b, 'en')}`
}

export function totals(result: Result): Markup {
  const { totals: n } = result
  const items: [Markup, string][] = [
    [t('部门', 'Departments'), count(n.departments)],
    [t('数据资源', 'Data resources'), count(n.datasets)],
    [t('记录', 'Records'), count(n.rows)],
    [t('信息项', 'Data items'), count(n.columns)],
    [t('已对标信息项', 'Items bound to standards'), count(n.bound)],
    [t('无法读取的记录', 'Unreadable records'), count(n.unreadableRows)],
  ]
  return html`<dl class="totals">${items.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}

/** Bars of the six groups, and the same figures as a table: a chart never stands alone. */
export function qualityChart(groups: readonly GroupFigure[]): Markup {
  const rowHeight = 30
  const bars = groups.map((g, i) => {
    const width = g.b === 0 ? 0 : Math.round((g.a / g.b) * 560)
    const y = i * rowHeight
    return html`<g transform="translate(0,${y})"><text x="92" y="19" text-anchor="end">${g.name.zh}</text>
<rect x="100" y="6" width="560" height="18" fill="#f0f0f0"/><rect x="100" y="6" width="${width}" height="18" fill="#0958d9"/>
<text x="668" y="19">${g.b === 0 ? '— 不适用 n/a' : share(g.a, g.b, 'en')}</text></g>`
  })
  return html`<svg role="img" aria-labelledby="quality-title" viewBox="0 0 760 ${groups.length * rowHeight}" width="100%">
<title id="quality-title">GB/T 36344-2018 质量六组 · six groups of quality</title>${bars}</svg>
<table><caption>${t('六组指标：A 为符合的数据元素个数，B 为被评价的个数；B=0 为不适用', 'Six groups: A conforming cells, B evaluated cells; B = 0 is not applicable')}</caption>
<thead><tr><th scope="col">${t('组', 'Group')}</th><th scope="col">${t('已测指标', 'Measured')}</th><th scope="col" class="n">A</th><th scope="col" class="n">B</th><th scope="col" class="n">A/B</th></tr></thead>
<tbody>${groups.map(
    (
      g,
    ) => html`<tr><th scope="row">${both(g.name)}</th><td>${g.indicators.join(' ') || '—'}</td><td class="n">${count(g.a)}</td>
<td class="n">${count(g.b)}</td><td class="n">${figure(g.a, g.b)}</td></tr>`,
  )}</tbody></table>`
}

export function indicatorTable(result: Result): Markup {
  return html`<div class="wide"><table><caption>${t('全市指标', 'Indicators of the whole input')}</caption><thead><tr>
<th scope="col">${t('代码', 'Code')}</th><th scope="col">${t('指标', 'Indicator')}</th><th scope="col">${t('单位', 'Unit')}</th><th scope="col" class="n">A</th>
<th scope="col" class="n">B</th><th scope="col" class="n">A/B</th><th scope="col" class="n">${t('不符合', 'Failing')}</th></tr></thead><tbody>${result.indicators.map(
    (
      i,
    ) => html`<tr><td>${i.code}</td><th scope="row">${both(i.name)}${i.direction === 'down' ? t('（越低越好）', ' (lower is better)') : ''}</th>
<td>${unitWords[i.unit]}</td><td class="n">${count(i.a)}</td><td class="n">${count(i.b)}</td><td class="n">${figure(i.a, i.b)}</td><td class="n">${count(i.failing)}</td></tr>`,
  )}</tbody></table></div>`
}

const unitWords = { cell: t('数据元素', 'cell'), row: t('记录', 'record'), pair: t('对', 'pair') }

export function departmentTable(departments: readonly ResultDepartment[]): Markup {
  return html`<div class="wide"><table><caption>${t('各部门', 'By department')}</caption><thead><tr><th scope="col">${t('部门', 'Department')}</th>
<th scope="col" class="n">${t('数据资源', 'Resources')}</th><th scope="col" class="n">${t('记录', 'Records')}</th><th scope="col" class="n">${t('对标', 'Bound')}</th>
${(departments[0]?.groups ?? []).map((g) => html`<th scope="col" class="n">${both(g.name)}</th>`)}</tr></thead><tbody>${departments.map(
    (
      d,
    ) => html`<tr><th scope="row">${d.name}</th><td class="n">${count(d.datasets)}</td><td class="n">${count(d.rows)}</td>
<td class="n">${count(d.bound)}/${count(d.columns)}</td>${d.groups.map((g) => html`<td class="n">${figure(g.a, g.b)}</td>`)}</tr>`,
  )}</tbody></table></div>`
}

export function entities(result: Result): Markup {
  const kinds = { person: t('自然人', 'People'), enterprise: t('企业', 'Enterprises') }
  return html`<table><caption>${t('跨部门归一的主体', 'Entities found across departments')}</caption><thead><tr><th scope="col">${t('类别', 'Kind')}</th>
<th scope="col" class="n">${t('来源记录', 'Records')}</th><th scope="col" class="n">${t('主体', 'Entities')}</th><th scope="col" class="n">${t('见于多部门', 'Shared')}</th>
<th scope="col" class="n">${t('部门间不一致', 'Contradicting')}</th><th scope="col" class="n">${t('待确认', 'Held back')}</th></tr></thead><tbody>${result.entities.map(
    (
      e,
    ) => html`<tr><th scope="row">${kinds[e.kind]}</th><td class="n">${count(e.records)}</td><td class="n">${count(e.entities)}</td><td class="n">${count(e.shared)}</td>
<td class="n">${count(e.contradicting)}</td><td class="n">${count(e.heldBack)}</td></tr>`,
  )}</tbody></table>
${result.oddities.length === 0 ? '' : html`<ul>${result.oddities.map((o) => html`<li>${both(o.words)}</li>`)}</ul>`}`
}

export function problems(result: Result): Markup {
  if (result.problems.length === 0) return html`<p>${t('没有发现问题。', 'No problem was found.')}</p>`
  return html`<ol>${result.problems.map((p) => html`<li>${both(p.words)}<br><code>${p.command}</code></li>`)}</ol>`
}

export function findings(result: Result): Markup {
  if (result.findings.length === 0)
    return html`<p>${t('全部文件均已完整读取。', 'All files were read completely.')}</p>`
  const shown = result.findings.slice(0, 200)
  return html`<div class="wide"><table><caption>${t(`读取时的发现，共 ${count(result.findings.length)} 条`, `Findings of reading, ${count(result.findings.length)} in all`)}</caption>
<thead><tr><th scope="col">${t('位置', 'Place')}</th><th scope="col">${t('说明', 'What')}</th><th scope="col">${t('代码', 'Code')}</th></tr></thead><tbody>${shown.map(
    (f) => html`<tr><td>${place(f.place)}</td><td>${both(f.words)}</td><td><code>${f.code}</code></td></tr>`,
  )}</tbody></table></div>`
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

export function dataset(d: ResultDataset): Markup {
  const failed = d.rules.filter((r) => r.failing > 0)
  return html`<section><h3>${d.department} / ${d.dataset}</h3>
<p class="small">${d.origin.path} · ${d.origin.format} · ${d.origin.encoding} · ${count(d.rows)} ${t('条记录', 'records')} · ${size(d.bytes)} · SHA-256 <code>${d.sha256}</code></p>
<div class="wide"><table><caption>${t('信息项', 'Data items')}</caption><thead><tr><th scope="col">${t('名称', 'Name')}</th><th scope="col">${t('类型', 'Type')}</th>
<th scope="col" class="n">${t('有值', 'Filled')}</th><th scope="col">${t('数据元', 'Data element')}</th><th scope="col">${t('依据', 'Evidence')}</th></tr></thead><tbody>${d.columns.map(
    (
      c,
    ) => html`<tr><th scope="row">${c.name}</th><td>${c.inferred.type}</td><td class="n">${figure(c.filled, d.rows)}</td>
<td>${c.binding ? html`${both(c.binding.elementName)}<br><span class="small">${c.binding.standard} · ${c.binding.grade} · ${share(Math.round(c.binding.confidence * 100), 100, 'en')}</span>` : '—'}</td>
<td class="small">${c.binding ? c.binding.evidence.map((e) => html`<div>${both(e.words)}</div>`) : ''}</td></tr>`,
  )}</tbody></table></div>
${
  failed.length === 0
    ? ''
    : html`<div class="wide"><table><caption>${t('未通过的规则', 'Rules that failed')}</caption><thead><tr><th scope="col">${t('规则', 'Rule')}</th><th scope="col">${t('指标', 'Indicator')}</th>
<th scope="col" class="n">A/B</th><th scope="col" class="n">${t('不符合', 'Failing')}</th></tr></thead><tbody>${failed.map(
        (r) =>
          html`<tr><td>${both(r.words)}<br><code class="small">${r.id}</code></td><td>${r.indicator}</td><td class="n">${figure(r.a, r.b)}</td><td class="n bad">${count(r.failing)}</td></tr>`,
      )}</tbody></table></div>`
}</section>`
}
