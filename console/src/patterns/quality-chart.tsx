import { type ReactNode, useMemo } from 'react'
import type { GroupFigure } from '../../../src/report/contract.ts'
import { Chart } from '../kit/index.ts'
import { shareText, useWords } from '../words/index.ts'
import { axisOf } from './figures.tsx'

/** The six groups of GB/T 36344-2018 as bars, with A and B in the table behind them. */
export function QualityChart({ title, groups }: { title: string; groups: readonly GroupFigure[] }): ReactNode {
  const { t, say, number } = useWords()
  const none = t('figure.not-applicable')
  const bars = useMemo(
    () => ({
      height: 28 * groups.length + 34,
      ...axisOf(groups),
      unit: '%',
      bars: groups.map((g) => ({
        name: say(g.name),
        value: g.b === 0 ? null : Math.round((g.a / g.b) * 10_000) / 100,
        label: shareText(g.a, g.b) ?? none,
      })),
    }),
    [groups, say, none],
  )
  const rows = groups.map((g) => [
    `${g.code} ${say(g.name)}`,
    g.b === 0 ? none : (shareText(g.a, g.b) ?? none),
    number(g.a),
    number(g.b),
    g.indicators.join(' '),
  ])
  const columns = [t('quality.group'), t('quality.share'), 'A', 'B', t('quality.indicators')]
  return <Chart title={title} bars={bars} table={{ columns, rows }} />
}
