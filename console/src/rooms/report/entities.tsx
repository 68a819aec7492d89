import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Column, DataTable } from '../../kit/index.ts'
import { Count } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import type { Found } from './home.tsx'

type Kind = Found['entities'][number]

/** 跨部门主体: how many, in how many departments, how many contradict. */
export function Entities({ found }: { found: Found }): ReactNode {
  const { t } = useWords()
  const columns: Column<Kind>[] = [
    {
      key: 'kind',
      title: t('entity.kind'),
      heads: true,
      cell: ({ kind }) => (
        <Link to="/entities/$kind" params={{ kind }}>
          {t(`entity.kinds.${kind}`)}
        </Link>
      ),
    },
    { key: 'entities', title: t('home.entity-count'), number: true, cell: ({ entities }) => <Count n={entities} /> },
    { key: 'records', title: t('home.records'), number: true, cell: ({ records }) => <Count n={records} /> },
    { key: 'shared', title: t('home.shared'), number: true, cell: ({ shared }) => <Count n={shared} /> },
    {
      key: 'contradicting',
      title: t('home.contradicting'),
      number: true,
      cell: ({ contradicting }) => <Count n={contradicting} />,
    },
    { key: 'held', title: t('home.held-back'), number: true, cell: ({ heldBack }) => <Count n={heldBack} /> },
  ]
  return <DataTable caption={t('home.entities')} rows={found.entities} rowKey={({ kind }) => kind} columns={columns} />
}
