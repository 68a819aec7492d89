import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { FailingPage } from '../../../../src/http/contract.ts'
import type { Column } from '../../kit/index.ts'
import { Card, EmptyPanel, Facts, PagedTable, Share } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import type { Rule } from './quality.tsx'
import { failingQuery } from './queries.ts'

const route = getRouteApi('/catalogue/$department/$dataset')

type Failing = FailingPage['items'][number]

/** One rule: its sentence, what it rests on, A and B, and the rows that fail, page by page. */
export function RulePanel({ rule }: { rule: Rule }): ReactNode {
  const { t, say, number } = useWords()
  const { department, dataset } = route.useParams()
  const query = useInfiniteQuery(failingQuery(department, dataset, rule.id))
  return (
    <div className="stack">
      <p>
        <Link from="/catalogue/$department/$dataset" to="." search={{ tab: 'quality' }}>
          {t('quality.all-rules')}
        </Link>
      </p>
      <Card title={say(rule.words)}>
        <Facts
          facts={[
            { name: t('quality.failing'), value: number(rule.failing) },
            { name: 'A/B', value: <Share a={rule.a} b={rule.b} /> },
            { name: t('quality.severity'), value: t(`quality.severities.${rule.severity}`) },
            { name: t('quality.unit'), value: t(`quality.units.${rule.unit}`) },
            { name: t('quality.indicator'), value: rule.indicator },
            { name: t('quality.cites'), value: rule.cites },
            { name: t('quality.rule-id'), value: <code>{rule.id}</code>, wide: true },
          ]}
        />
      </Card>
      <Card title={t('quality.failing-rows')} aside={<span className="soft small">{t('quality.masked')}</span>}>
        <PagedTable
          caption={t('quality.failing-rows')}
          query={query}
          columns={useColumns()}
          rowKey={({ row, column, value }) => `${row}/${column}/${value}`}
          empty={<EmptyPanel title={t('quality.no-rows')} why={t('quality.no-rows-why')} />}
        />
      </Card>
    </div>
  )
}

function useColumns(): Column<Failing>[] {
  const { t, say, number } = useWords()
  return [
    { key: 'row', title: t('quality.row'), number: true, width: 100, heads: true, cell: ({ row }) => number(row) },
    { key: 'column', title: t('item.name'), cell: ({ column }) => column },
    { key: 'value', title: t('item.value'), cell: ({ value }) => <span className="code">{value}</span> },
    { key: 'reason', title: t('quality.reason'), cell: ({ reason }) => say(reason) },
  ]
}
