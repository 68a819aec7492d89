import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ApiFault } from '../api/client.ts'
import { Button, Skeleton } from '../kit/index.ts'
import { useWords } from '../words/index.ts'

type Query<T> = Pick<
  UseQueryResult<T> | UseInfiniteQueryResult<T>,
  'data' | 'error' | 'isPending' | 'dataUpdatedAt' | 'refetch'
>

interface Props<T> {
  readonly query: Query<T>
  readonly children: (data: T) => ReactNode
  /** How many lines the placeholder has. */
  readonly lines?: number
}

/** The states of anything that is read: loading, failed, forbidden, partial (the last answer, with its time), there. */
export function Loaded<T>({ query, children, lines }: Props<T>): ReactNode {
  const { t, clock } = useWords()
  const retry = (): void => void query.refetch()
  if (query.data === undefined) {
    if (query.error) return <FaultPanel error={query.error} onRetry={retry} />
    return <Skeleton label={t('state.loading')} {...(lines ? { lines } : {})} />
  }
  return (
    <>
      {query.error ? (
        <div className="stack">
          <FaultPanel
            error={query.error}
            onRetry={retry}
            note={t('state.stale', { time: clock(query.dataUpdatedAt) })}
          />
          {children(query.data)}
        </div>
      ) : (
        children(query.data)
      )}
    </>
  )
}

/** What went wrong in the server's words, its code and the request's id, and a way on. */
export function FaultPanel(props: { error: Error; onRetry?: () => void; note?: string }): ReactNode {
  const { t } = useWords()
  const { error, onRetry, note } = props
  const fault = error instanceof ApiFault ? error : new ApiFault('console.unexpected', 0)
  const forbidden = fault.status === 403
  return (
    <div className={`panel ${forbidden || note ? 'panel-warn' : 'panel-bad'}`} role="alert">
      <p>
        <strong>{forbidden ? t('state.forbidden') : <FaultWords fault={fault} />}</strong>
      </p>
      {forbidden ? <p>{t('state.forbidden-how')}</p> : null}
      {note ? <p>{note}</p> : null}
      <p className="small">
        {t('state.code')} <code>{fault.code}</code>
        {fault.requestId ? (
          <>
            {' · '}
            {t('state.request')} <code>{fault.requestId}</code>
          </>
        ) : null}
      </p>
      {onRetry && !forbidden ? (
        <div className="actions">
          <Button onClick={onRetry}>{t('state.retry')}</Button>
        </div>
      ) : null}
    </div>
  )
}

function FaultWords({ fault }: { fault: ApiFault }): ReactNode {
  const { t, say } = useWords()
  if (fault.words) return say(fault.words)
  return fault.status === 0 && fault.code === 'console.no-connection' ? t('state.no-connection') : t('state.unexpected')
}

/** Nothing here: why, and the next step. */
export function EmptyPanel(props: { title: string; why: string; action?: ReactNode }): ReactNode {
  return (
    <div className="panel">
      <p>
        <strong>{props.title}</strong>
      </p>
      <p className="soft">{props.why}</p>
      {props.action ? <div className="actions">{props.action}</div> : null}
    </div>
  )
}
