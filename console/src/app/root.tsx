import { useQuery } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, Outlet } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import type { Job } from '../../../src/work/contract.ts'
import { sessionQuery, summaryQuery } from '../api/cache.ts'
import { jobsQuery, useJobEvents } from '../api/jobs.ts'
import { CatalogueIcon, EntityIcon, HomeIcon, JobIcon, KitProvider, Skeleton } from '../kit/index.ts'
import { EmptyPanel, FaultPanel, Page, Shell } from '../patterns/index.ts'
import { useWords } from '../words/index.ts'
import { usePreferences } from './preferences.ts'
import { SignedOut } from './signed-out.tsx'
import { SearchButton, TopEnd } from './top.tsx'

/** The whole page: signed in or not, in the theme and language of this browser. */
export function Root(): ReactNode {
  const { theme, language } = usePreferences()
  return (
    <KitProvider theme={theme} language={language}>
      <Gate />
    </KitProvider>
  )
}

function Gate(): ReactNode {
  const { t } = useWords()
  const session = useQuery(sessionQuery)
  if (session.data) return <Inside />
  if (session.data === null) return <SignedOut onRetry={() => void session.refetch()} />
  return (
    <main className="alone">
      <h1>{t('app.name')}</h1>
      {session.error ? (
        <FaultPanel error={session.error} onRetry={() => void session.refetch()} />
      ) : (
        <Skeleton label={t('state.loading')} lines={3} />
      )}
    </main>
  )
}

function Inside(): ReactNode {
  const { t, say } = useWords()
  const { data: summary } = useQuery(summaryQuery)
  // kept fresh by events; read once so that a page opened later knows the jobs before it
  useQuery(jobsQuery)
  const [news, setNews] = useState<Job>()
  useJobEvents(useCallback((job: Job) => setNews(job), []))
  return (
    <Shell
      entries={[
        { to: '/', title: t('home.title'), icon: <HomeIcon aria-hidden />, exact: true },
        { to: '/catalogue', title: t('catalogue.title'), icon: <CatalogueIcon aria-hidden /> },
        { to: '/entities', title: t('entity.title'), icon: <EntityIcon aria-hidden /> },
        { to: '/jobs', title: t('job.title'), icon: <JobIcon aria-hidden /> },
      ]}
      search={<SearchButton />}
      end={<TopEnd />}
      foot={summary ? t('app.version', { version: summary.version }) : null}
      notice={summary?.result?.synthetic ? <p className="synthetic">{t('app.synthetic')}</p> : null}
    >
      <Outlet />
      <div className="unseen" role="status" aria-live="polite">
        {news && news.state !== 'running' ? t(`job.ended.${news.state}`, { title: say(news.title) }) : null}
      </div>
    </Shell>
  )
}

export function NotFound(): ReactNode {
  const { t } = useWords()
  return (
    <Page title={t('app.not-found')}>
      <EmptyPanel
        title={t('app.not-found')}
        why={t('app.not-found-why')}
        action={<Link to="/">{t('app.to-home')}</Link>}
      />
    </Page>
  )
}

/** What a page's own mistake looks like: the frame stays usable. */
export function RouteFault({ error, reset }: ErrorComponentProps): ReactNode {
  return <FaultPanel error={error instanceof Error ? error : new Error(String(error))} onRetry={reset} />
}

export function RouteWait(): ReactNode {
  const { t } = useWords()
  return <Skeleton label={t('state.loading')} lines={10} />
}
