import type { InfiniteData } from '@tanstack/query-core'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button, type Column, DataTable } from '../kit/index.ts'
import { useWords } from '../words/index.ts'
import { Loaded } from './states.tsx'

export interface PageOf<Row> {
  readonly items: readonly Row[]
  readonly total?: number
  readonly next: string | null
}

interface Props<Row> {
  readonly caption: string
  readonly query: UseInfiniteQueryResult<InfiniteData<PageOf<Row>>>
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly empty: ReactNode
  readonly minWidth?: number
}

/** A list that is read page by page: table, what is shown of how many, a button for more. */
export function PagedTable<Row extends object>(props: Props<Row>): ReactNode {
  const { query, empty, ...table } = props
  return (
    <Loaded query={query} lines={10}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items)
        if (rows.length === 0) return empty
        return (
          <>
            <DataTable {...table} rows={rows} />
            <More query={query} shown={rows.length} total={pages.at(-1)?.total} />
          </>
        )
      }}
    </Loaded>
  )
}

interface MoreProps {
  readonly query: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>
  readonly shown: number
  readonly total: number | undefined
}

function More({ query, shown, total }: MoreProps): ReactNode {
  const { t, number } = useWords()
  return (
    <div className="more">
      <span className="soft small" role="status">
        {total === undefined
          ? t('list.shown', { shown: number(shown) })
          : t('list.shown-of', { shown: number(shown), total: number(total) })}
      </span>
      {query.hasNextPage ? (
        <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('list.more')}
        </Button>
      ) : null}
    </div>
  )
}
