import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Card, EmptyPanel, PagedTable, useFindingColumns } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { readingQuery } from './queries.ts'

const route = getRouteApi('/catalogue/$department/$dataset')

/** 读取发现: what was met while the file was read, each with its place. */
export function Reading(): ReactNode {
  const { t } = useWords()
  const { department, dataset } = route.useParams()
  const query = useInfiniteQuery(readingQuery(department, dataset))
  return (
    <Card>
      <PagedTable
        caption={t('reading.caption')}
        query={query}
        columns={useFindingColumns({ files: false })}
        rowKey={({ number }) => String(number)}
        empty={<EmptyPanel title={t('reading.none')} why={t('reading.none-why')} />}
      />
    </Card>
  )
}
