import { type ReactNode, useMemo } from 'react'
import type { GroupFigure } from '../../../src/report/contract.ts'
import { Chart } from '../kit/index.ts'
import { shareText, useWords } from '../words/index.ts'
import { axisOf, partsOf } from './figures.tsx'

/** The six groups of GB/T 36344-2018 as bars, each unit by itself, with A and B in the table behind them. */
export function QualityChart({ title, groups }: { title: string; groups: readonly GroupFigure[] }): ReactNode {
  const { t, number } = useWords()
  const lines = useLines(groups)
  const none = t('figure.not-applicable')
  const bars = useMemo(
    () => ({
      height: 28 * lines.length + 34,
      ...axisOf(lines),
      unit: '%',
      bars: lines.map(({ name, a, b }) => ({
        name,
        value: b === 0 ? null : Math.round((a / b) * 10_000) / 100,
        label: shareText(a, b) ?? none,
      })),
    }),
    [lines, none],
  )
  const rows = lines.map(({ code, name, a, b, indicators }) => [
    `${code} ${name}`,
    shareText(a, b) ?? none,
    number(a),
    number(b),
    indicators.join(' '),
  ])
  const columns = [t('quality.group'), t('quality.share'), 'A', 'B', t('quality.indicators')]
  return <Chart title={title} bars={bars} table={{ columns, rows }} />
}

/** One line for each unit of each group; the unit is named where a group has several. */
function useLines(groups: readonly GroupFigure[]) {
  const { t, language } = useWords()
  return useMemo(
    () =>
      groups.flatMap((group) =>
        partsOf(group).map(({ unit, ...part }) => {
          const name = group.name[language]
          const several = group.others.length > 0 && unit !== null
          return { code: group.code, name: several ? `${name} · ${t(`quality.units.${unit}`)}` : name, ...part }
        }),
      ),
    [groups, language, t],
  )
}
