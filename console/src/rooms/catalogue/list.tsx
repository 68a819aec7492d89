import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import type { DatasetLine } from '../../../../src/http/contract.ts'
import { summaryQuery } from '../../api/cache.ts'
import { Button, Choice, type Column, Label, SearchField, StatusTag } from '../../kit/index.ts'
import { Card, Count, EmptyPanel, GroupShares, Page, PagedTable } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { resourcesQuery } from './queries.ts'

const route = getRouteApi('/catalogue')

/** 数据目录: every resource of the latest run. */
export function CatalogueList(): ReactNode {
  const { t } = useWords()
  const search = route.useSearch()
  const query = useInfiniteQuery(resourcesQuery(search))
  const columns = useColumns()
  return (
    <Page title={t('catalogue.title')}>
      <Filters />
      <Card>
        <PagedTable
          caption={t('catalogue.caption')}
          query={query}
          columns={columns}
          rowKey={(line) => `${line.department}/${line.dataset}`}
          minWidth={1080}
          empty={<Nothing filtered={search.q !== undefined || search.department !== undefined} />}
        />
      </Card>
    </Page>
  )
}

function Filters(): ReactNode {
  const { t } = useWords()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { data } = useQuery(summaryQuery)
  const departments = data?.result?.departments.map(({ name }) => ({ value: name, label: name })) ?? []
  const onSearch = useCallback(
    (q: string) => void navigate({ search: (before) => ({ ...before, q: q || undefined }), replace: true }),
    [navigate],
  )
  return (
    <search className="filters">
      <SearchField label={t('catalogue.search')} value={search.q ?? ''} onSearch={onSearch} />
      <Choice
        label={t('catalogue.department')}
        all={t('catalogue.all-departments')}
        value={search.department}
        options={departments}
        onChange={(department) => void navigate({ search: (before) => ({ ...before, department }) })}
      />
    </search>
  )
}

function Nothing({ filtered }: { filtered: boolean }): ReactNode {
  const { t } = useWords()
  const navigate = route.useNavigate()
  return filtered ? (
    <EmptyPanel
      title={t('catalogue.none-found')}
      why={t('catalogue.none-found-why')}
      action={<Button onClick={() => void navigate({ search: {} })}>{t('catalogue.clear')}</Button>}
    />
  ) : (
    <EmptyPanel title={t('state.no-run')} why={t('state.no-run-why')} />
  )
}

function useColumns(): Column<DatasetLine>[] {
  const { t, say } = useWords()
  const groups: readonly { code: string; name: { zh: string; en: string } }[] = useGroups()
  return [
    {
      key: 'name',
      title: t('catalogue.name'),
      heads: true,
      stays: true,
      width: 150,
      cell: ({ department, dataset }) => (
        <Link to="/catalogue/$department/$dataset" params={{ department, dataset }}>
          {dataset}
        </Link>
      ),
    },
    { key: 'department', title: t('catalogue.department'), cell: ({ department }) => department },
    { key: 'format', title: t('catalogue.format'), cell: ({ format }) => <Label>{format.toUpperCase()}</Label> },
    { key: 'rows', title: t('catalogue.rows'), number: true, cell: ({ rows }) => <Count n={rows} /> },
    { key: 'columns', title: t('catalogue.columns'), number: true, cell: ({ columns }) => columns },
    {
      key: 'bound',
      title: t('catalogue.bound'),
      number: true,
      cell: ({ bound, columns }) => `${bound}/${columns}`,
    },
    ...groups.map(
      ({ code, name }): Column<DatasetLine> => ({
        key: code,
        title: say(name),
        number: true,
        cell: ({ groups }) => <GroupShares group={groups.find((g) => g.code === code)} />,
      }),
    ),
    {
      key: 'failing',
      title: t('catalogue.failing-rules'),
      cell: ({ failingRules }) =>
        failingRules === 0 ? (
          <StatusTag tone="good">{t('catalogue.no-failing')}</StatusTag>
        ) : (
          <StatusTag tone="bad">{t('catalogue.failing-count', { n: failingRules })}</StatusTag>
        ),
    },
  ]
}

function useGroups() {
  const { data } = useQuery(summaryQuery)
  return data?.result?.groups ?? []
}
