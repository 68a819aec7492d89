import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import type { Job } from '../../../src/work/contract.ts'
import { cancelJob } from '../api/jobs.ts'
import { Button, ProgressBar, StatusTag, type Tone } from '../kit/index.ts'
import { useWords, type WordKey } from '../words/index.ts'
import { Facts } from './page.tsx'
import { FaultPanel } from './states.tsx'

const tones = {
  running: 'note',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
  interrupted: 'bad',
} as const satisfies Record<Job['state'], Tone>
const stages = ['load', 'profile', 'check', 'across', 'resolve', 'write', 'evidence'] as const

export function JobState({ job }: { job: Job }): ReactNode {
  const { t } = useWords()
  const waiting = job.state === 'running' && job.stage === null
  return (
    <StatusTag tone={waiting ? 'plain' : tones[job.state]}>
      {t(waiting ? 'job.state.waiting' : `job.state.${job.state}`)}
    </StatusTag>
  )
}

/** The stage's name in words; a stage this console does not know keeps its own. */
export function useStageWords(): (stage: string) => string {
  const { t } = useWords()
  return (stage) => (isStage(stage) ? t(`job.stage.${stage}` satisfies WordKey) : stage)
}

function isStage(stage: string): stage is (typeof stages)[number] {
  return (stages as readonly string[]).includes(stage)
}

/** How far a job has come: stage, percent, rows, elapsed, and a way to stop it. */
export function JobPanel({ job }: { job: Job }): ReactNode {
  const { t, number, moment } = useWords()
  const stageWords = useStageWords()
  const cancel = useMutation(cancelJob)
  const percent = job.total === 0 ? null : Math.round((job.done / job.total) * 100)
  return (
    <div className="stack">
      {job.state === 'running' ? <ProgressBar label={t('job.progress')} done={job.done} total={job.total} /> : null}
      <Facts
        facts={[
          { name: t('job.state-name'), value: <JobState job={job} /> },
          { name: t('job.elapsed'), value: <Elapsed job={job} /> },
          { name: t('job.stage-name'), value: job.stage === null ? '—' : stageWords(job.stage) },
          {
            name: t('job.step'),
            value: percent === null ? '—' : `${percent} % (${number(job.done)}/${number(job.total)})`,
          },
          { name: t('job.item'), value: job.item ?? '—' },
          { name: t('job.rows'), value: job.rows === null ? '—' : number(job.rows) },
          { name: t('job.started'), value: moment(job.startedAt) },
          { name: t('job.finished'), value: job.finishedAt === null ? '—' : moment(job.finishedAt) },
        ]}
      />
      {job.state === 'failed' && job.fault ? <JobFault fault={job.fault} /> : null}
      {cancel.error ? <FaultPanel error={cancel.error} /> : null}
      {job.state === 'running' ? (
        <div>
          <Button danger busy={cancel.isPending} onClick={() => cancel.mutate(job.id)}>
            {t('job.cancel')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function JobFault({ fault }: { fault: NonNullable<Job['fault']> }): ReactNode {
  const { t, say } = useWords()
  return (
    <div className="panel panel-bad">
      <p>
        <strong>{say(fault.words)}</strong>
      </p>
      <p className="small">
        {t('state.code')} <code>{fault.code}</code>
      </p>
    </div>
  )
}

/** Whole seconds since the start, counting while the job runs. */
export function Elapsed({ job }: { job: Pick<Job, 'startedAt' | 'finishedAt'> }): ReactNode {
  const { t } = useWords()
  const [now, setNow] = useState(Date.now)
  const ended = job.finishedAt !== null
  useEffect(() => {
    if (ended) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [ended])
  const until = job.finishedAt === null ? now : Date.parse(job.finishedAt)
  const seconds = Math.max(0, Math.round((until - Date.parse(job.startedAt)) / 1000))
  return (
    <span className="figures">
      {seconds < 60
        ? t('job.seconds', { s: seconds })
        : t('job.minutes', { m: Math.floor(seconds / 60), s: seconds % 60 })}
    </span>
  )
}
