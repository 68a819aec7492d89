import type { ReactNode } from 'react'
import type { FindingPage } from '../../../src/http/contract.ts'
import { type Column, StatusTag, type Tone } from '../kit/index.ts'
import { useWords } from '../words/index.ts'

export type Finding = FindingPage['items'][number]

const tones = { strong: 'bad', weak: 'warn', note: 'note' } as const satisfies Record<Finding['severity'], Tone>

/** Columns of a list of what was met while reading: how grave, what, where. `files` names the file as well. */
export function useFindingColumns({ files }: { files: boolean }): Column<Finding>[] {
  const { t, say } = useWords()
  return [
    {
      key: 'severity',
      title: t('quality.severity'),
      width: 100,
      cell: ({ severity }) => <StatusTag tone={tones[severity]}>{t(`reading.severities.${severity}`)}</StatusTag>,
    },
    ...(files ? [{ key: 'file', title: t('resource.file'), cell: ({ place }: Finding) => place.file ?? '—' }] : []),
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
