import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { EntityView } from '../../../../src/identity/contract.ts'
import { type Column, DataTable } from '../../kit/index.ts'
import { Card, Loaded, Page } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { kindOf } from './address.ts'
import { Comparison } from './comparison.tsx'
import { entityQuery } from './queries.ts'

const route = getRouteApi('/entities/$kind/$id')

/** One entity: its golden record, and what every source says, side by side. */
export function EntityPage(): ReactNode {
  const { t, number } = useWords()
  const params = route.useParams()
  const kind = kindOf(params.kind)
  const query = useQuery(entityQuery(kind, params.id))
  const title = query.data?.title || params.id
  const departments = new Set(query.data?.records.map((r) => r.department)).size
  return (
    <Page
      key={params.id}
      title={title}
      aside={
        <span className="soft">
          {t(`entity.kinds.${kind}`)} <code>{params.id}</code>
        </span>
      }
      trail={[
        <Link key="all" to="/entities/$kind" params={{ kind }}>
          {t('entity.title')} · {t(`entity.kinds.${kind}`)}
        </Link>,
      ]}
    >
      <Loaded query={query} lines={12}>
        {(entity) => (
          <div className="stack">
            <Card
              title={t('entity.side-by-side')}
              aside={
                <span className="soft small">
                  {t('entity.spread', { departments: number(departments), records: number(entity.records.length) })}
                </span>
              }
            >
              <Comparison entity={entity} />
            </Card>
            <Card title={t('entity.records')}>
              <Records entity={entity} />
            </Card>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

type EntityRecord = EntityView['records'][number]

function Records({ entity }: { entity: EntityView }): ReactNode {
  const { t, number } = useWords()
  const columns: Column<EntityRecord>[] = [
    { key: 'department', title: t('catalogue.department'), cell: ({ department }) => department },
    {
      key: 'dataset',
      title: t('catalogue.name'),
      heads: true,
      cell: ({ department, dataset }) => (
        <Link to="/catalogue/$department/$dataset" params={{ department, dataset }}>
          {dataset}
        </Link>
      ),
    },
    { key: 'record', title: t('entity.record-key'), cell: ({ record }) => <span className="code">{record}</span> },
    { key: 'row', title: t('quality.row'), number: true, cell: ({ row }) => number(row) },
  ]
  return (
    <DataTable
      caption={t('entity.records')}
      rows={entity.records}
      rowKey={({ department, dataset, row }) => `${department}/${dataset}/${row}`}
      columns={columns}
    />
  )
}
