import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DatasetDetail } from '../../../../src/http/contract.ts'
import { type Column, DataTable, StatusTag } from '../../kit/index.ts'
import { Card, EmptyPanel, QualityChart, Share } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { RulePanel } from './rule.tsx'

const route = getRouteApi('/catalogue/$department/$dataset')

export type Rule = DatasetDetail['rules'][number]
type Indicator = DatasetDetail['indicators'][number]

/** 质量: the six groups, the indicators with A and B, the rules; or one rule with its failing rows. */
export function Quality({ resource }: { resource: DatasetDetail }): ReactNode {
  const { t } = useWords()
  const { rule: id } = route.useSearch()
  const rule = resource.rules.find((r) => r.id === id)
  if (rule) return <RulePanel rule={rule} />
  const rules = [...resource.rules].sort((a, b) => b.failing - a.failing)
  return (
    <div className="stack">
      <div className="card">
        <QualityChart title={t('quality.groups')} groups={resource.groups} />
      </div>
      <Card title={t('quality.rules')}>
        {rules.length === 0 ? (
          <EmptyPanel title={t('quality.no-rules')} why={t('quality.no-rules-why')} />
        ) : (
          <Rules rules={rules} />
        )}
      </Card>
      <Card title={t('quality.indicators')}>
        <Indicators indicators={resource.indicators} />
      </Card>
    </div>
  )
}

function Rules({ rules }: { rules: readonly Rule[] }): ReactNode {
  const { t, say, number } = useWords()
  const columns: Column<Rule>[] = [
    {
      key: 'rule',
      title: t('quality.rule'),
      heads: true,
      cell: (rule) =>
        rule.failing === 0 ? (
          say(rule.words)
        ) : (
          <Link from="/catalogue/$department/$dataset" to="." search={{ tab: 'quality', rule: rule.id }}>
            {say(rule.words)}
          </Link>
        ),
    },
    {
      key: 'failing',
      title: t('quality.failing'),
      cell: ({ failing, b }) =>
        b === 0 ? (
          <StatusTag tone="plain">{t('figure.not-applicable')}</StatusTag>
        ) : failing === 0 ? (
          <StatusTag tone="good">{t('quality.pass')}</StatusTag>
        ) : (
          <StatusTag tone="bad">{t('quality.fails', { n: number(failing) })}</StatusTag>
        ),
    },
    { key: 'severity', title: t('quality.severity'), cell: ({ severity }) => t(`quality.severities.${severity}`) },
    { key: 'share', title: 'A/B', number: true, cell: ({ a, b }) => <Share a={a} b={b} /> },
    { key: 'indicator', title: t('quality.indicator'), cell: ({ indicator }) => indicator },
    { key: 'cites', title: t('quality.cites'), cell: ({ cites }) => cites },
  ]
  return (
    <DataTable caption={t('quality.rules')} rows={rules} rowKey={({ id }) => id} columns={columns} minWidth={860} />
  )
}

function Indicators({ indicators }: { indicators: readonly Indicator[] }): ReactNode {
  const { t, say, number } = useWords()
  const columns: Column<Indicator>[] = [
    {
      key: 'name',
      title: t('quality.indicator'),
      heads: true,
      cell: ({ code, name }) => (
        <>
          <span className="soft figures">{code}</span> {say(name)}
        </>
      ),
    },
    { key: 'share', title: t('quality.share'), number: true, cell: ({ a, b }) => <Share a={a} b={b} bar /> },
    { key: 'direction', title: t('quality.direction'), cell: ({ direction }) => t(`quality.directions.${direction}`) },
    { key: 'unit', title: t('quality.unit'), cell: ({ unit }) => t(`quality.units.${unit}`) },
    { key: 'failing', title: t('quality.failing'), number: true, cell: ({ failing }) => number(failing) },
    { key: 'scope', title: t('quality.scope'), cell: ({ scope }) => scope },
    { key: 'edition', title: t('quality.edition'), cell: ({ edition }) => <span className="small">{edition}</span> },
  ]
  return (
    <DataTable
      caption={t('quality.indicators')}
      rows={indicators}
      rowKey={({ code }) => code}
      columns={columns}
      minWidth={900}
    />
  )
}
