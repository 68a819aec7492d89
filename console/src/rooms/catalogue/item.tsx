import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DatasetDetail } from '../../../../src/http/contract.ts'
import { type Column, DataTable, ShareBar } from '../../kit/index.ts'
import { shareText, useWords } from '../../words/index.ts'
import type { Item } from './items.tsx'

type Field = DatasetDetail['fields'][number]

/** One item: why it is bound, which values and shapes it holds. Sensitive values arrive masked. */
export function ItemDetail({ item, field }: { item: Item; field: Field }): ReactNode {
  const { t, say } = useWords()
  const { binding } = item
  const masked = binding !== null && (binding.grade === 'L3' || binding.grade === 'L4')
  return (
    <section className="card stack" aria-label={t('item.detail', { name: item.name })}>
      <div className="card-head">
        <h2>{item.name}</h2>
        <Link from="/catalogue/$department/$dataset" to="." search={{ tab: 'items' }} resetScroll={false}>
          {t('item.close')}
        </Link>
      </div>
      {binding ? (
        <div>
          <h3>{t('item.why', { element: say(binding.elementName), percent: Math.round(binding.confidence * 100) })}</h3>
          <ul className="list small">
            {binding.evidence.map((e) => (
              <li key={`${e.kind}${e.words.zh}`}>
                {say(e.words)} <span className="soft">({Math.round(e.score * 100)} %)</span>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="soft">{t('item.unbound-why')}</p>
      )}
      <Lengths field={field} />
      <Frequencies
        caption={t(masked ? 'item.top-masked' : 'item.top')}
        title={t('item.value')}
        rows={field.top.map(({ value, count }) => ({ text: value, count }))}
        whole={field.filled}
      />
      <Frequencies
        caption={t('item.shapes')}
        title={t('item.shape')}
        rows={field.shapes.map(({ shape, count }) => ({ text: shape, count }))}
        whole={field.filled}
      />
    </section>
  )
}

function Lengths({ field }: { field: Field }): ReactNode {
  const { t } = useWords()
  const { minLength, maxLength, min, max } = field
  return (
    <p className="small">
      {minLength === null ? null : t('item.lengths', { min: minLength, max: maxLength ?? minLength })}
      {min === null ? null : ` · ${t('item.range', { min, max: max ?? min })}`}
    </p>
  )
}

interface Frequency {
  readonly text: string
  readonly count: number
}

function Frequencies(props: { caption: string; title: string; rows: readonly Frequency[]; whole: number }): ReactNode {
  const { t, number } = useWords()
  const columns: Column<Frequency>[] = [
    { key: 'text', title: props.title, heads: true, cell: ({ text }) => <span className="code">{text}</span> },
    {
      key: 'count',
      title: t('item.count'),
      number: true,
      cell: ({ count }) => (
        <>
          <ShareBar part={count} whole={props.whole} />
          {number(count)} <span className="soft small">{shareText(count, props.whole) ?? ''}</span>
        </>
      ),
    },
  ]
  if (props.rows.length === 0) return null
  return (
    <DataTable caption={props.caption} captionShown rows={props.rows} rowKey={({ text }) => text} columns={columns} />
  )
}
