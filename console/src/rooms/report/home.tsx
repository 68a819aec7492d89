import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Summary } from '../../../../src/http/contract.ts'
import { summaryQuery } from '../../api/cache.ts'
import { jobsQuery, startJob } from '../../api/jobs.ts'
import { Button, DownloadIcon, ReloadIcon, ReportIcon } from '../../kit/index.ts'
import { Card, EmptyPanel, FaultPanel, Loaded, Page, QualityChart } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import { Oddities, Problems } from './cases.tsx'
import { Departments } from './departments.tsx'
import { Entities } from './entities.tsx'
import { Evidence } from './evidence.tsx'
import { Totals } from './totals.tsx'

/** What a run found, as 首页 and the terminal tell it. */
export type Found = NonNullable<Summary['result']>

/** 首页: the same summary that the terminal prints, each part a way further down. */
export function Home(): ReactNode {
  const { t, moment } = useWords()
  const query = useQuery(summaryQuery)
  const result = query.data?.result
  return (
    <Page
      title={t('home.title')}
      aside={
        result ? <span className="soft small">{t('home.run-at', { time: moment(result.run.finishedAt) })}</span> : null
      }
      actions={<Actions found={result !== undefined && result !== null} />}
    >
      <Loaded query={query} lines={14}>
        {({ result }) =>
          result === null ? (
            <EmptyPanel title={t('state.no-run')} why={t('state.no-run-why')} />
          ) : (
            <Parts found={result} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Parts({ found }: { found: Found }): ReactNode {
  const { t } = useWords()
  return (
    <div className="stack">
      <Totals found={found} />
      <div className="halves">
        <div className="card">
          <QualityChart title={t('home.quality')} groups={found.groups} />
        </div>
        <Card title={t('home.problems')}>
          <Problems found={found} />
        </Card>
      </div>
      <div className="halves">
        <Card title={t('home.entities')}>
          <Entities found={found} />
        </Card>
        <Card title={t('home.oddities')}>
          <Oddities found={found} />
        </Card>
      </div>
      <Departments found={found} />
      <Card title={t('home.evidence')}>
        <Evidence found={found} />
      </Card>
    </div>
  )
}

function Actions({ found }: { found: boolean }): ReactNode {
  const { t, language } = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: jobs } = useQuery(jobsQuery)
  const running = jobs?.some(({ kind, state }) => kind === 'govern' && state === 'running') ?? false
  const start = useMutation({
    ...startJob(client),
    onSettled: (job) => job && void navigate({ to: '/jobs/$id', params: { id: job.id } }),
  })
  return (
    <>
      {start.error ? <FaultPanel error={start.error} /> : null}
      {found ? (
        <>
          <Button icon={<ReportIcon />} href={`/report?lang=${language}`}>
            {t('home.report')}
          </Button>
          <Button
            icon={<DownloadIcon />}
            href={`/report?lang=${language}`}
            download="datong-report.html"
            label={t('home.report-download')}
          />
        </>
      ) : null}
      <Button
        kind="primary"
        icon={<ReloadIcon />}
        busy={start.isPending}
        disabled={running}
        onClick={() => start.mutate()}
      >
        {t(running ? 'home.governing' : 'home.govern')}
      </Button>
    </>
  )
}
