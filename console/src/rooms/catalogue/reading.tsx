import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { FindingPage } from '../../../../src/http/contract.ts'
import { type Column, StatusTag, type Tone } from '../../kit/index.ts'
import { Card, EmptyPanel, PagedTable } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { readingQuery } from './queries.ts'

const route = getRouteApi('/catalogue/$department/$dataset')

type Finding = FindingPage['items'][number]

const tones = { strong: 'bad', weak: 'warn', note: 'note' } as const satisfies Record<Finding['severity'], Tone>

/** 读取情况: what was met while the file was read, each with its place. */
export function Reading(): ReactNode {
  const { t } = useWords()
  const { department, dataset } = route.useParams()
  const query = useInfiniteQuery(readingQuery(department, dataset))
  return (
    <Card>
      <PagedTable
        caption={t('reading.caption')}
        query={query}
        columns={useColumns()}
        rowKey={({ number }) => String(number)}
        empty={<EmptyPanel title={t('reading.none')} why={t('reading.none-why')} />}
      />
    </Card>
  )
}

function useColumns(): Column<Finding>[] {
  const { t, say } = useWords()
  return [
    {
      key: 'severity',
      title: t('quality.severity'),
      width: 100,
      cell: ({ severity }) => <StatusTag tone={tones[severity]}>{t(`reading.severities.${severity}`)}</StatusTag>,
    },
    { key: 'words', title: t('reading.finding'), heads: true, cell: ({ words }) => say(words) },
    { key: 'place', title: t('reading.place'), cell: (finding) => <Place place={finding.place} /> },
    { key: 'code', title: t('state.code'), cell: ({ code }) => <code>{code}</code> },
  ]
}

function Place({ place }: { place: Finding['place'] }): ReactNode {
  const { t, number } = useWords()
  const parts = [
    place.sheet === undefined ? [] : t('reading.sheet', { name: place.sheet }),
    place.line === undefined ? [] : t('reading.line', { n: number(place.line) }),
    place.row === undefined ? [] : t('reading.row', { n: number(place.row) }),
    place.column === undefined ? [] : t('reading.column', { name: place.column }),
  ].flat()
  return parts.length === 0 ? t('reading.whole-file') : parts.join(' · ')
}
