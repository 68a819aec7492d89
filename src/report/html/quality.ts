import type { Result, ResultDepartment } from '../contract.ts'
import { count, share } from '../figure.ts'
import { figure, figureWithParts, unitWords } from './figures.ts'
import { both, html, type Markup, t } from './markup.ts'
import { partsOf } from './opening.ts'
import { table } from './table.ts'

/** Bars of what does NOT conform, for the shares that do are all near 100 %; the same figures stand in the table below it. */
export function qualityChart(result: Result): Markup {
  const measured = result.indicators.filter((i) => i.b > 0)
  const most = Math.max(...measured.map((i) => i.failing / i.b), 0)
  const rowHeight = 26
  const wide = 470
  const bars = measured.map((i, at) => {
    const width = most === 0 ? 0 : Math.max(i.failing > 0 ? 1 : 0, Math.round((i.failing / i.b / most) * wide))
    return html`<g transform="translate(0,${at * rowHeight})"><text x="196" y="17" text-anchor="end" class="zh">${i.code} ${i.name.zh}</text><text x="196" y="17" text-anchor="end" class="en">${i.code} ${i.name.en}</text>
<rect x="204" y="5" width="${wide}" height="16" fill="#f0f0f0"/><rect x="204" y="5" width="${width}" height="16" fill="#a8071a"/>
<text x="${204 + wide + 8}" y="17">${share(i.failing, i.b, 'en')}</text></g>`
  })
  return html`<figure><figcaption>${t('各指标的不符合率（不符合数 ÷ B），以最大者为满格', 'Share that does not conform, by indicator (failing ÷ B); the longest bar is the largest share')}</figcaption>
<svg role="img" aria-label="各指标的不符合率，数值见下表 · share that does not conform; figures in the table below" viewBox="0 0 760 ${measured.length * rowHeight}" width="100%">${bars}</svg></figure>`
}

export function groupTable(result: Result): Markup {
  const rows = result.groups.flatMap((g) => {
    const parts = partsOf(g)
    if (parts.length === 0) return [[both(g.name), '—', '—', '0', '0', figure(0, 0)]]
    return parts.map((p) => [
      both(g.name),
      unitWords[p.unit],
      p.indicators.join(' '),
      count(p.a),
      count(p.b),
      figure(p.a, p.b),
    ])
  })
  return table(
    t(
      '六组质量：A 为符合数，B 为被评价数；不同单位的数从不相加',
      'The six groups: A conforms, B was evaluated; figures of different units are never added',
    ),
    [
      { head: t('组', 'Group') },
      { head: t('单位', 'Unit') },
      { head: t('已测指标', 'Measured') },
      { head: t('A', 'A'), figures: true },
      { head: t('B', 'B'), figures: true },
      { head: t('A/B', 'A/B'), figures: true },
    ],
    rows,
  )
}

export function indicatorTable(result: Result): Markup {
  return table(
    t('各项指标', 'Indicators'),
    [
      { head: t('指标', 'Indicator') },
      { head: t('单位', 'Unit') },
      { head: t('A', 'A'), figures: true },
      { head: t('B', 'B'), figures: true },
      { head: t('A/B', 'A/B'), figures: true },
      { head: t('不符合', 'Failing'), figures: true },
    ],
    result.indicators.map((i) => [
      html`${i.code} ${both(i.name)}${i.direction === 'down' ? t('（越低越好）', ' (lower is better)') : ''}`,
      unitWords[i.unit],
      count(i.a),
      count(i.b),
      figure(i.a, i.b),
      count(i.failing),
    ]),
  )
}

export function departmentTable(departments: readonly ResultDepartment[]): Markup {
  const groups = (departments[0]?.groups ?? []).filter((g) =>
    departments.some((d) => d.groups.some((o) => o.code === g.code && o.b > 0)),
  )
  return table(
    t('各部门：每组列出首要单位的 A/B', 'By department: each group with A/B of its first unit'),
    [
      { head: t('部门', 'Department') },
      { head: t('数据资源', 'Resources'), figures: true },
      { head: t('记录', 'Records'), figures: true },
      { head: t('对标', 'Bound'), figures: true },
      ...groups.map((g) => ({ head: both(g.name), figures: true })),
    ],
    departments.map((d) => [
      d.name,
      count(d.datasets),
      count(d.rows),
      `${count(d.bound)}/${count(d.columns)}`,
      ...groups.map((g) => {
        const own = d.groups.find((o) => o.code === g.code)
        return figureWithParts(own?.a ?? 0, own?.b ?? 0)
      }),
    ]),
  )
}
