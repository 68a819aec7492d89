import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { sessionQuery } from '../api/cache.ts'
import { Button } from '../kit/index.ts'
import { useWords } from '../words/index.ts'
import { LanguageButton } from './top.tsx'

/** For a visitor without a session: how to get in. What was read before is forgotten. */
export function SignedOut({ onRetry }: { onRetry: () => void }): ReactNode {
  const { t } = useWords()
  const client = useQueryClient()
  useEffect(() => {
    document.title = `${t('session.needed')} · ${t('app.name')}`
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] })
  }, [client, t])
  return (
    <main className="alone stack">
      <h1>
        {t('app.name')} · {t('session.needed')}
      </h1>
      <p>{t('session.how')}</p>
      <ol>
        <li>{t('session.step-terminal')}</li>
        <li>
          {t('session.step-restart')} <code>npx datong serve</code>
        </li>
        <li>{t('session.step-ask')}</li>
      </ol>
      <p className="soft small">{t('session.why')}</p>
      <div className="page-actions">
        <Button kind="primary" onClick={onRetry}>
          {t('session.retry')}
        </Button>
        <LanguageButton />
      </div>
    </main>
  )
}
