import type { Result } from '../contract.ts'
import { count } from '../figure.ts'
import { both, html, type Markup, t } from './markup.ts'
import { table } from './table.ts'

export function entities(result: Result): Markup {
  const kinds = { person: t('自然人', 'People'), enterprise: t('企业', 'Enterprises') }
  return table(
    t('跨部门归一的主体', 'Entities found across departments'),
    [
      { head: t('类别', 'Kind') },
      { head: t('来源记录', 'Records'), figures: true },
      { head: t('主体', 'Entities'), figures: true },
      { head: t('见于多部门', 'Shared'), figures: true },
      { head: t('部门间不一致', 'Contradicting'), figures: true },
      { head: t('待人工确认', 'Held back'), figures: true },
    ],
    result.entities.map((e) => [
      kinds[e.kind],
      count(e.records),
      count(e.entities),
      count(e.shared),
      count(e.contradicting),
      count(e.heldBack),
    ]),
  )
}

/** Cases worth a look: the largest with its versions side by side, the others in a line each. */
export function oddities(result: Result): Markup {
  if (result.oddities.length === 0) return html``
  const shown = [...Map.groupBy(result.oddities, (o) => o.kind).values()]
  return html`${shown.map(
    ([first, ...others]) => html`<div class="case"><h3>${both(first!.words)}</h3>${versions(first!)}
${others.length === 0 ? '' : html`<p class="small">${t('同类还有：', 'Others of the kind:')}</p><ul class="small">${others.map((o) => html`<li>${both(o.words)}</li>`)}</ul>`}</div>`,
  )}`
}

function versions(o: Result['oddities'][number]): Markup {
  if (o.versions.length === 0) return html``
  return table(
    t(`主体 ${o.entity ?? ''} 的各个版本`, `Versions of ${o.entity ?? ''}`),
    [{ head: t('取值', 'Value') }, { head: t('部门', 'Departments') }, { head: t('记录', 'Records'), figures: true }],
    o.versions.map((v) => [v.value, v.departments.join('、'), count(v.records)]),
  )
}
