import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { Chart, type Column, DataTable } from '../../kit/index.ts'
import { Card, Count, GroupShares } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import type { Found } from './home.tsx'

type Department = Found['departments'][number]

/** 部门: resources, records, items bound, the six groups; and how the records spread. */
export function Departments({ found }: { found: Found }): ReactNode {
  const { t } = useWords()
  return (
    <Card title={t('home.by-department')}>
      <div className="stack">
        <DataTable
          caption={t('home.by-department')}
          rows={found.departments}
          rowKey={({ name }) => name}
          columns={useColumns(found)}
          minWidth={980}
        />
        <Records found={found} />
      </div>
    </Card>
  )
}

function useColumns(found: Found): Column<Department>[] {
  const { t, say, number } = useWords()
  return [
    {
      key: 'name',
      title: t('catalogue.department'),
      heads: true,
      cell: ({ name }) => (
        <Link to="/catalogue" search={{ department: name }}>
          {name}
        </Link>
      ),
    },
    { key: 'datasets', title: t('home.resources'), number: true, cell: ({ datasets }) => number(datasets) },
    { key: 'rows', title: t('home.records'), number: true, cell: ({ rows }) => <Count n={rows} /> },
    {
      key: 'bound',
      title: t('home.bound'),
      number: true,
      cell: ({ bound, columns }) => `${number(bound)}/${number(columns)}`,
    },
    ...found.groups.map(
      ({ code, name }): Column<Department> => ({
        key: code,
        title: say(name),
        number: true,
        cell: ({ groups }) => <GroupShares group={groups.find((g) => g.code === code)} />,
      }),
    ),
  ]
}

function Records({ found }: { found: Found }): ReactNode {
  const { t, number } = useWords()
  const bars = useMemo(
    () => ({
      height: 28 * found.departments.length + 34,
      min: 0,
      bars: found.departments.map(({ name, rows }) => ({ name, value: rows, label: number(rows) })),
    }),
    [found, number],
  )
  const table = {
    columns: [t('catalogue.department'), t('home.records')],
    rows: found.departments.map(({ name, rows }) => [name, number(rows)]),
  }
  return <Chart title={t('home.records-by-department')} bars={bars} table={table} />
}
