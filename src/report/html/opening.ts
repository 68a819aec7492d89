import type { GroupFigure, Result } from '../contract.ts'
import { count, share } from '../figure.ts'
import { figure } from './figures.ts'
import { both, html, type Markup, t } from './markup.ts'

/** What a reader who stops here should know. */
export function opening(result: Result): Markup {
  const { totals: n } = result
  const failing = result.datasets.reduce((sum, d) => sum + d.rowsWithStrongFailures, 0)
  const items: [Markup, string, Markup | string][] = [
    [t('部门', 'Departments'), count(n.departments), ''],
    [t('数据资源', 'Data resources'), count(n.datasets), ''],
    [
      t('记录', 'Records'),
      count(n.rows),
      t(`另有 ${count(n.unreadableRows)} 条无法读取`, `${count(n.unreadableRows)} more cannot be read`),
    ],
    [
      t('已对标信息项', 'Items bound to standards'),
      `${count(n.bound)} / ${count(n.columns)}`,
      figure(n.bound, n.columns),
    ],
    [t('有强问题的记录', 'Records with a strong failure'), count(failing), figure(failing, n.rows)],
    ...result.entities.map((e): [Markup, string, Markup] => [
      e.kind === 'person' ? t('自然人', 'People') : t('企业', 'Enterprises'),
      count(e.entities),
      t(`${count(e.shared)} 个见于多部门`, `${count(e.shared)} in several departments`),
    ]),
  ]
  return html`<p class="lead">${conclusion(result)}</p>
<dl class="totals">${items.map(([name, value, more]) => html`<div><dt>${name}</dt><dd>${value}</dd><dd class="small">${more}</dd></div>`)}</dl>`
}

/** The weakest figure of the six groups, in one sentence. */
function conclusion(result: Result): Markup {
  const parts = result.groups.flatMap((g) => partsOf(g).map((p) => ({ ...p, name: g.name })))
  const weakest = parts.sort((a, b) => a.a / a.b - b.a / b.b)[0]
  if (weakest === undefined) return t('没有可评价的数据。', 'There was nothing to evaluate.')
  const [zh, en] = [share(weakest.a, weakest.b, 'zh'), share(weakest.a, weakest.b, 'en')]
  const codes = weakest.indicators.join('、')
  return t(
    `已测的质量指标中，最弱的是${weakest.name.zh}（${codes}）：${zh}，${count(weakest.b)} 项中 ${count(weakest.b - weakest.a)} 项不符合。`,
    `Of what was measured, ${weakest.name.en} (${weakest.indicators.join(', ')}) is weakest: ${en}; ${count(weakest.b - weakest.a)} of ${count(weakest.b)} do not conform.`,
  )
}

/** A group's figures, one for each unit. */
export function partsOf(g: GroupFigure): GroupFigure['others'] {
  return g.unit === null ? [] : [{ unit: g.unit, a: g.a, b: g.b, indicators: g.indicators }, ...g.others]
}

export function problems(result: Result): Markup {
  if (result.problems.length === 0) return html`<p>${t('没有发现问题。', 'No problem was found.')}</p>`
  return html`<ol class="problems">${result.problems.map(
    (p) => html`<li><p>${both(p.words)}</p>
<p class="small">${t('不符合率', 'Failing')} ${figure(p.failing, p.b)} · ${t('查看这些记录', 'see these records')}: <code>${p.command}</code></p></li>`,
  )}</ol>`
}
