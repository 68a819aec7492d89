import type { ReactNode } from 'react'
import type { DatasetDetail } from '../../../../src/http/contract.ts'
import { Bytes, Card, Count, Facts, QualityChart } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { Versions } from './versions.tsx'

/** 概览: where the bytes came from, how they were read, which version this is, how good it is. */
export function Overview({ resource }: { resource: DatasetDetail }): ReactNode {
  const { t } = useWords()
  return (
    <div className="stack">
      <Card title={t('resource.origin')}>
        <Facts facts={useFacts(resource)} />
      </Card>
      <Card title={t('resource.versions')}>
        <Versions resource={resource} />
      </Card>
      <div className="card">
        <QualityChart title={t('quality.groups')} groups={resource.groups} />
      </div>
    </div>
  )
}

function useFacts({ origin, rows, bytes, sha256, version, columns, rowsWithStrongFailures }: DatasetDetail) {
  const { t, number } = useWords()
  const bound = columns.filter((c) => c.binding !== null).length
  const file = [origin.path, origin.member, origin.sheet].filter((part) => part !== undefined).join(' › ')
  return [
    { name: t('resource.file'), value: file, wide: true },
    { name: t('catalogue.rows'), value: <Count n={rows} /> },
    { name: t('resource.size'), value: <Bytes n={bytes} /> },
    { name: t('resource.items'), value: number(columns.length) },
    { name: t('resource.bound-items'), value: `${number(bound)}/${number(columns.length)}` },
    { name: t('resource.encoding'), value: origin.encoding.toUpperCase() },
    { name: t('resource.packing'), value: t(`resource.packed.${origin.packing}`) },
    ...(origin.delimiter === undefined
      ? []
      : [{ name: t('resource.delimiter'), value: <code>{visible(origin.delimiter)}</code> }]),
    ...(origin.headerLine === undefined ? [] : [{ name: t('resource.header-line'), value: number(origin.headerLine) }]),
    { name: t('resource.strong-rows'), value: number(rowsWithStrongFailures) },
    { name: t('resource.version'), value: <code>{version}</code> },
    { name: 'SHA-256', value: <code>{sha256}</code>, wide: true },
  ]
}

/** A delimiter that can be seen. */
function visible(delimiter: string): string {
  return delimiter === '\t' ? '\\t' : delimiter
}
