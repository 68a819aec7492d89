import { Table } from 'antd'
import type { ReactNode } from 'react'

export interface Column<Row> {
  readonly key: string
  readonly title: ReactNode
  readonly cell: (row: Row, index: number) => ReactNode
  /** Numbers stand to the right, in figures of one width. */
  readonly number?: boolean
  readonly width?: number | string
  /** The cell that names its row, for screen readers. */
  readonly heads?: boolean
  /** Stays in sight while the table scrolls sideways. */
  readonly stays?: boolean
}

interface Props<Row> {
  /** What the table shows: read out first, seen where `captionShown`. */
  readonly caption: string
  readonly captionShown?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Below this width the table scrolls within its own frame, never the page. */
  readonly minWidth?: number
}

/** A table of records. Its frame can be reached and scrolled by keyboard. */
export function DataTable<Row extends object>(props: Props<Row>): ReactNode {
  const { caption, captionShown, columns, rows, rowKey, minWidth } = props
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="table-frame" aria-label={caption} tabIndex={0}>
      <div style={{ minWidth }}>
        <Table<Row>
          size="small"
          pagination={false}
          caption={<span className={captionShown ? 'caption' : 'unseen'}>{caption}</span>}
          rowKey={rowKey}
          dataSource={rows as Row[]}
          columns={columns.map(({ key, title, cell, number, width, heads, stays }) => ({
            key,
            title,
            render: (_: unknown, row: Row, index: number) => cell(row, index),
            ...(width === undefined ? {} : { width }),
            ...(number ? { align: 'right' as const, className: 'number' } : {}),
            ...(heads ? { rowScope: 'row' as const } : {}),
            ...(stays ? { className: 'stick' } : {}),
          }))}
        />
      </div>
    </section>
  )
}
