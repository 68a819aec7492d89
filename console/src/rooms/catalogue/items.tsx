import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DatasetDetail } from '../../../../src/http/contract.ts'
import { type Column, DataTable, Label, ShareBar } from '../../kit/index.ts'
import { EmptyPanel } from '../../patterns/index.ts'
import { shareText, useWords } from '../../words/index.ts'
import { ItemDetail } from './item.tsx'

const route = getRouteApi('/catalogue/$department/$dataset')

export type Item = DatasetDetail['columns'][number]

/** 信息项: every column with type, data element, fullness and variety; the chosen one opens beside. */
export function Items({ resource }: { resource: DatasetDetail }): ReactNode {
  const { t } = useWords()
  const { item } = route.useSearch()
  const columns = useColumns()
  const chosen = resource.columns.find((c) => c.name === item)
  const field = resource.fields.find((f) => f.name === item)
  if (resource.columns.length === 0) return <EmptyPanel title={t('item.none')} why={t('item.none-why')} />
  return (
    <div className={chosen ? 'beside' : 'stack'}>
      <div className="card">
        <DataTable
          caption={t('item.caption')}
          rows={resource.columns}
          rowKey={({ position }) => String(position)}
          columns={columns}
          minWidth={800}
        />
      </div>
      {chosen && field ? <ItemDetail item={chosen} field={field} /> : null}
    </div>
  )
}

function useColumns(): Column<Item>[] {
  const { t, say, number } = useWords()
  const { item } = route.useSearch()
  return [
    {
      key: 'name',
      title: t('item.name'),
      heads: true,
      width: 120,
      cell: ({ name }) => (
        <Link
          from="/catalogue/$department/$dataset"
          to="."
          search={{ tab: 'items', item: name }}
          resetScroll={false}
          {...(item === name ? { 'aria-current': 'true' as const } : {})}
        >
          {name}
        </Link>
      ),
    },
    {
      key: 'type',
      title: t('item.type'),
      cell: ({ inferred }) => (
        <>
          {t(`item.types.${inferred.type}`)}{' '}
          <span className="soft small nowrap" title={t('item.type-evidence')}>
            {number(inferred.conforming)}/{number(inferred.filled)}
          </span>
        </>
      ),
    },
    {
      key: 'element',
      title: t('item.element'),
      width: 160,
      cell: ({ binding }) =>
        binding === null ? (
          <span className="soft">{t('item.unbound')}</span>
        ) : (
          <>
            {binding.role === '' ? say(binding.elementName) : `${binding.role} · ${say(binding.elementName)}`}
            <div className="soft small">{binding.standard}</div>
          </>
        ),
    },
    {
      key: 'grade',
      title: t('item.grade'),
      cell: ({ binding }) => (binding ? <Label>{`${binding.grade} ${t(`item.grades.${binding.grade}`)}`}</Label> : '—'),
    },
    {
      key: 'filled',
      title: t('item.filled'),
      cell: ({ filled, blank, nullTokens }) => <Portion part={filled} whole={filled + blank + nullTokens} />,
    },
    {
      key: 'distinct',
      title: t('item.distinct'),
      cell: ({ distinct, distinctExact, filled }) => <Portion part={distinct} whole={filled} about={!distinctExact} />,
    },
  ]
}

function Portion({ part, whole, about }: { part: number; whole: number; about?: boolean }): ReactNode {
  const { number } = useWords()
  return (
    <span className="figures nowrap">
      <ShareBar part={part} whole={whole} />
      {about ? '≈ ' : ''}
      {number(part)} <span className="soft small">{shareText(part, whole) ?? ''}</span>
    </span>
  )
}
