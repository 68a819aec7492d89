import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { EntityView } from '../../../../src/identity/contract.ts'
import { type Column, DataTable, StatusTag } from '../../kit/index.ts'
import { useWords } from '../../words/index.ts'
import { type Saying, type Source, sayingsOf, sourcesOf } from './sources.ts'

type Field = EntityView['fields'][number]

/** Fields down, sources across. Equal values carry the same version number, because masked ones may look alike. */
export function Comparison({ entity }: { entity: EntityView }): ReactNode {
  const { t, say } = useWords()
  const sources = sourcesOf(entity.records)
  const columns: Column<Field>[] = [
    {
      key: 'field',
      title: t('entity.field'),
      heads: true,
      stays: true,
      width: 170,
      cell: (field) => (
        <>
          <strong>{say(field.name)}</strong>
          <div>
            <Agreement field={field} />
          </div>
        </>
      ),
    },
    { key: 'golden', title: t('entity.golden'), width: 200, cell: (field) => <Golden field={field} /> },
    ...sources.map(
      (source): Column<Field> => ({
        key: `${source.department}/${source.dataset}`,
        title: <SourceTitle source={source} />,
        width: 190,
        cell: (field) => <Sayings sayings={sayingsOf(field, source)} of={source.records} several={several(field)} />,
      }),
    ),
  ]
  return (
    <DataTable
      caption={t('entity.side-by-side')}
      rows={entity.fields}
      rowKey={({ field }) => field}
      columns={columns}
      minWidth={370 + 190 * sources.length}
    />
  )
}

const several = ({ versions }: Field): boolean => versions.length > 1

function Agreement({ field }: { field: Field }): ReactNode {
  const { t, number } = useWords()
  const { variants, versions, steady } = field
  if (variants > 1)
    return (
      <StatusTag tone={steady ? 'bad' : 'warn'}>
        {t(steady ? 'entity.contradiction' : 'entity.several', { n: number(variants) })}
      </StatusTag>
    )
  return <StatusTag tone="good">{t(versions.length > 1 ? 'entity.written-differently' : 'entity.agrees')}</StatusTag>
}

function Golden({ field }: { field: Field }): ReactNode {
  const { t, say } = useWords()
  if (field.golden === null) return <span className="soft">{t('entity.no-golden')}</span>
  return (
    <>
      <strong>{field.golden}</strong>
      <div className="soft small">{say(field.why)}</div>
    </>
  )
}

function SourceTitle({ source }: { source: Source }): ReactNode {
  const { t, number } = useWords()
  const { department, dataset, records } = source
  return (
    <>
      <Link to="/catalogue/$department/$dataset" params={{ department, dataset }}>
        {dataset}
      </Link>
      <div className="soft small">
        {department}
        {records > 1 ? ` · ${t('entity.n-records', { n: number(records) })}` : ''}
      </div>
    </>
  )
}

function Sayings(props: { sayings: readonly Saying[]; of: number; several: boolean }): ReactNode {
  const { t, number } = useWords()
  if (props.sayings.length === 0) return <span className="soft">—</span>
  return props.sayings.map(({ version, value, records }) => (
    <div key={version}>
      {props.several ? (
        <span className="version" title={t('entity.version', { n: version })}>
          {version}
        </span>
      ) : null}
      {value}
      {props.of > 1 ? <span className="soft small"> ×{number(records)}</span> : null}
    </div>
  ))
}
