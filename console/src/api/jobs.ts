import { mutationOptions, type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Job } from '../../../src/work/contract.ts'
import { sessionQuery } from './cache.ts'
import { address, get, post, remove } from './client.ts'

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: ({ signal }) => get<Job[]>('/jobs', {}, signal),
})

export const startJob = (client: QueryClient) =>
  mutationOptions({ mutationFn: () => post<Job>('/jobs'), onSuccess: (job) => put(client, job) })

export const cancelJob = mutationOptions({ mutationFn: (id: string) => remove(`/jobs/${id}`) })

/** Follows every job by server-sent events while signed in. When a run is finished, what was read before it is read again. */
export function useJobEvents(onEnd: (job: Job) => void): void {
  const client = useQueryClient()
  useEffect(() => {
    const readAgain = (): void => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'jobs' })
    const source = new EventSource(address('/jobs/events'))
    source.addEventListener('job', (event: MessageEvent<string>) => {
      const job = JSON.parse(event.data) as Job
      const before = put(client, job)
      if (before?.state !== 'running' || job.state === 'running') return
      onEnd(job)
      if (job.state === 'done') readAgain()
    })
    // also a run that no job of this server made
    source.addEventListener('run', readAgain)
    // a closed source means the server refused it: find out whether the session has ended
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    })
    return () => source.close()
  }, [client, onEnd])
}

/** Puts a job at its place, newest first, and answers what was known of it before. */
function put(client: QueryClient, job: Job): Job | undefined {
  const known = client.getQueryData(jobsQuery.queryKey) ?? []
  const before = known.find((j) => j.id === job.id)
  const jobs = before ? known.map((j) => (j.id === job.id ? job : j)) : [job, ...known]
  client.setQueryData(
    jobsQuery.queryKey,
    jobs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0)),
  )
  return before
}
