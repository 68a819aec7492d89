import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { DatasetDetail, VersionPage } from '../../../../src/http/contract.ts'
import { type Column, StatusTag } from '../../kit/index.ts'
import { Bytes, Count, EmptyPanel, PagedTable } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { versionsQuery } from './queries.ts'

type Version = VersionPage['items'][number]

/** 版本历史: every version that runs were about, the newest first. None is ever overwritten. */
export function Versions({ resource }: { resource: DatasetDetail }): ReactNode {
  const { t } = useWords()
  const query = useInfiniteQuery(versionsQuery(resource.department, resource.dataset))
  return (
    <PagedTable
      caption={t('resource.versions')}
      query={query}
      columns={useColumns()}
      rowKey={({ version }) => version}
      empty={<EmptyPanel title={t('resource.no-versions')} why={t('resource.no-versions-why')} />}
    />
  )
}

function useColumns(): Column<Version>[] {
  const { t, moment, number } = useWords()
  return [
    { key: 'version', title: t('resource.version'), heads: true, cell: ({ version }) => <code>{version}</code> },
    {
      key: 'state',
      title: t('job.state-name'),
      cell: ({ current }) =>
        current ? (
          <StatusTag tone="good">{t('resource.version-current')}</StatusTag>
        ) : (
          <StatusTag tone="plain">{t('resource.version-earlier')}</StatusTag>
        ),
    },
    { key: 'rows', title: t('catalogue.rows'), number: true, cell: ({ rows }) => <Count n={rows} /> },
    { key: 'bytes', title: t('resource.size'), number: true, cell: ({ bytes }) => <Bytes n={bytes} /> },
    { key: 'first', title: t('resource.first-seen'), cell: ({ firstSeenAt }) => moment(firstSeenAt) },
    { key: 'last', title: t('resource.last-seen'), cell: ({ lastSeenAt }) => moment(lastSeenAt) },
    { key: 'runs', title: t('resource.runs'), number: true, cell: ({ runs }) => number(runs) },
  ]
}
