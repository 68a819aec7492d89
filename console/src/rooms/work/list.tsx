import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Job } from '../../../../src/work/contract.ts'
import { jobsQuery } from '../../api/jobs.ts'
import { type Column, DataTable, ProgressBar } from '../../kit/index.ts'
import { Card, Elapsed, EmptyPanel, JobState, Loaded, Page, useStageWords } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'

/** 作业: long work of this server, newest first. */
export function JobList(): ReactNode {
  const { t } = useWords()
  const query = useQuery(jobsQuery)
  const columns = useColumns()
  return (
    <Page title={t('job.title')}>
      <Loaded query={query}>
        {(jobs) =>
          jobs.length === 0 ? (
            <EmptyPanel title={t('job.none')} why={t('job.none-why')} action={<Link to="/">{t('job.to-home')}</Link>} />
          ) : (
            <Card>
              <DataTable caption={t('job.caption')} rows={jobs} rowKey={({ id }) => id} columns={columns} />
            </Card>
          )
        }
      </Loaded>
    </Page>
  )
}

function useColumns(): Column<Job>[] {
  const { t, say, moment } = useWords()
  const stageWords = useStageWords()
  return [
    {
      key: 'title',
      title: t('job.name'),
      heads: true,
      cell: ({ id, title }) => (
        <Link to="/jobs/$id" params={{ id }}>
          {say(title)}
        </Link>
      ),
    },
    { key: 'state', title: t('job.state-name'), width: 120, cell: (job) => <JobState job={job} /> },
    {
      key: 'stage',
      title: t('job.stage-name'),
      cell: ({ stage, state, done, total }) => (
        <>
          {stage === null ? '—' : stageWords(stage)}
          {state === 'running' && stage !== null ? (
            <ProgressBar label={t('job.progress')} done={done} total={total} />
          ) : null}
        </>
      ),
    },
    { key: 'started', title: t('job.started'), cell: ({ startedAt }) => moment(startedAt) },
    { key: 'elapsed', title: t('job.elapsed'), number: true, width: 120, cell: (job) => <Elapsed job={job} /> },
  ]
}
