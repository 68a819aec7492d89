import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { FindingPage } from '../../../../src/http/contract.ts'
import { get } from '../../api/client.ts'
import { Card, EmptyPanel, Page, PagedTable, useFindingColumns } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'

const findingsQuery = infiniteQueryOptions({
  queryKey: ['findings'],
  queryFn: ({ pageParam, signal }) => get<FindingPage>('/findings', { cursor: pageParam }, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
})

/** 读取发现 of the whole folder: also files that gave no resource, which no other page could name. */
export function AllReading(): ReactNode {
  const { t } = useWords()
  const query = useInfiniteQuery(findingsQuery)
  return (
    <Page title={t('reading.title')}>
      <Card>
        <PagedTable
          caption={t('reading.caption')}
          query={query}
          columns={useFindingColumns({ files: true })}
          rowKey={({ number }) => String(number)}
          minWidth={900}
          empty={<EmptyPanel title={t('reading.none')} why={t('reading.none-why')} />}
        />
      </Card>
    </Page>
  )
}
