import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import type { EntityLine } from '../../../../src/http/contract.ts'
import { type Column, SearchField, StatusTag, Tabs } from '../../kit/index.ts'
import { Card, EmptyPanel, Page, PagedTable } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { type Kind, kindOf, kinds } from './address.ts'
import { entitiesQuery } from './queries.ts'

const route = getRouteApi('/entities/$kind')

/** 主体: enterprises and people as several departments know them. */
export function EntityList(): ReactNode {
  const { t } = useWords()
  const kind = kindOf(route.useParams().kind)
  const navigate = route.useNavigate()
  return (
    <Page title={t('entity.title')}>
      <Tabs
        label={t('entity.kind')}
        active={kind}
        onChange={(key) => void navigate({ params: { kind: key }, search: {} })}
        tabs={kinds.map((key) => ({ key, title: t(`entity.kinds.${key}`), content: <Entities kind={key} /> }))}
      />
    </Page>
  )
}

function Entities({ kind }: { kind: Kind }): ReactNode {
  const { t } = useWords()
  const [q, onSearch] = useFound(kind)
  const query = useInfiniteQuery(entitiesQuery(kind, q))
  return (
    <>
      <search className="filters">
        <SearchField label={t(`entity.search.${kind}`)} value={q ?? ''} onSearch={onSearch} />
      </search>
      <Card>
        <PagedTable
          caption={t(`entity.caption.${kind}`)}
          query={query}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={
            q === undefined ? (
              <EmptyPanel title={t('entity.none')} why={t('entity.none-why')} />
            ) : (
              <EmptyPanel title={t('entity.none-found')} why={t(`entity.none-found-why.${kind}`)} />
            )
          }
        />
      </Card>
    </>
  )
}

/** What is searched: in the address for enterprises, in this page alone for people. */
function useFound(kind: Kind): [string | undefined, (q: string) => void] {
  const inAddress = route.useSearch().q
  const navigate = route.useNavigate()
  const [inPage, setInPage] = useState<string>()
  const onSearch = useCallback(
    (q: string) => {
      if (kind === 'person') setInPage(q || undefined)
      else void navigate({ search: { q: q || undefined }, replace: true })
    },
    [kind, navigate],
  )
  return [kind === 'person' ? inPage : inAddress, onSearch]
}

function useColumns(): Column<EntityLine>[] {
  const { t, number } = useWords()
  return [
    {
      key: 'title',
      title: t('entity.name'),
      heads: true,
      cell: ({ kind, id, title }) => (
        <Link to="/entities/$kind/$id" params={{ kind, id }}>
          {title === '' ? t('entity.no-name') : title}
        </Link>
      ),
    },
    { key: 'id', title: t('entity.id'), cell: ({ id }) => <code>{id}</code> },
    { key: 'departments', title: t('home.departments'), number: true, cell: ({ departments }) => number(departments) },
    { key: 'records', title: t('home.records'), number: true, cell: ({ records }) => number(records) },
    {
      key: 'contradictions',
      title: t('entity.agreement'),
      cell: ({ contradictions }) =>
        contradictions === 0 ? (
          <StatusTag tone="good">{t('entity.agrees')}</StatusTag>
        ) : (
          <StatusTag tone="bad">{t('entity.contradicts', { n: number(contradictions) })}</StatusTag>
        ),
    },
  ]
}
