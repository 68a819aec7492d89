import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { jobsQuery } from '../../api/jobs.ts'
import { Card, EmptyPanel, JobPanel, JobState, Loaded, Page } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'

const route = getRouteApi('/jobs/$id')

/** One job as it is now. It lives on the server, so a reload loses nothing. */
export function JobPage(): ReactNode {
  const { t, say } = useWords()
  const { id } = route.useParams()
  const query = useQuery(jobsQuery)
  const job = query.data?.find((j) => j.id === id)
  return (
    <Page
      title={job ? say(job.title) : t('job.title')}
      aside={job ? <JobState job={job} /> : null}
      trail={[
        <Link key="all" to="/jobs">
          {t('job.title')}
        </Link>,
      ]}
    >
      <Loaded query={query}>
        {() =>
          job ? (
            <Card>
              <JobPanel job={job} />
              {job.state === 'done' ? (
                <p>
                  <Link to="/">{t('job.see-result')}</Link>
                </p>
              ) : null}
            </Card>
          ) : (
            <EmptyPanel title={t('job.gone')} why={t('job.gone-why')} action={<Link to="/jobs">{t('job.all')}</Link>} />
          )
        }
      </Loaded>
    </Page>
  )
}
