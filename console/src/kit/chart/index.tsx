import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useWords } from '../../words/index.ts'
import { Button } from '../button.tsx'
import { DataTable } from '../table.tsx'
import type { Bars } from './bars.ts'

const Canvas = lazy(() => import('./canvas.tsx'))

/** The figures behind a chart, as people read them. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

interface Props {
  readonly title: string
  readonly bars: Bars
  readonly table: ChartTable
}

/** A chart with its title, and the same figures as a table one button away (aria words alone are not enough). */
export function LazyChart({ title, bars, table }: Props): ReactNode {
  const { t } = useWords()
  const [asTable, setAsTable] = useState(false)
  return (
    <figure className="chart">
      <figcaption>
        <h3>{title}</h3>
        <Button small kind="quiet" expanded={asTable} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'chart.picture' : 'chart.table')}
        </Button>
      </figcaption>
      {asTable ? (
        <Figures title={title} table={table} />
      ) : (
        <Suspense fallback={<div className="chart-space" style={{ height: bars.height }} />}>
          <Canvas title={title} bars={bars} />
        </Suspense>
      )}
    </figure>
  )
}

interface FigureRow {
  readonly key: string
  readonly cells: readonly string[]
}

function Figures({ title, table }: { title: string; table: ChartTable }): ReactNode {
  const rows = table.rows.map((cells, index) => ({ key: String(index), cells }))
  return (
    <DataTable<FigureRow>
      caption={title}
      rows={rows}
      rowKey={({ key }) => key}
      columns={table.columns.map((column, i) => ({
        key: column,
        title: column,
        cell: ({ cells }) => cells[i],
        number: i > 0,
        heads: i === 0,
      }))}
    />
  )
}
