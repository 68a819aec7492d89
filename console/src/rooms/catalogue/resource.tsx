import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DatasetDetail } from '../../../../src/http/contract.ts'
import { Label, Tabs } from '../../kit/index.ts'
import { Loaded, Page } from '../../patterns/index.ts'
import { useWords } from '../../words/index.ts'
import type { TabKey } from './address.ts'
import { Items } from './items.tsx'
import { Overview } from './overview.tsx'
import { Quality } from './quality.tsx'
import { resourceQuery } from './queries.ts'
import { Reading } from './reading.tsx'

const route = getRouteApi('/catalogue/$department/$dataset')

/** A tab of a resource's page: declared here, collected by the page. */
interface ResourceTab {
  readonly key: TabKey
  readonly badge?: (resource: DatasetDetail) => number | undefined
  readonly Content: (props: { resource: DatasetDetail }) => ReactNode
}

const failingRules = ({ rules }: DatasetDetail): number => rules.filter((r) => r.failing > 0).length

const tabs: readonly ResourceTab[] = [
  { key: 'overview', Content: Overview },
  { key: 'items', badge: ({ columns }) => columns.length, Content: Items },
  { key: 'quality', badge: failingRules, Content: Quality },
  { key: 'reading', badge: ({ findings }) => findings, Content: Reading },
]

/** 数据资源: one entry of the catalogue. */
export function ResourcePage(): ReactNode {
  const { t } = useWords()
  const { department, dataset } = route.useParams()
  const query = useQuery(resourceQuery(department, dataset))
  return (
    <Page
      key={`${department}/${dataset}`}
      title={dataset}
      aside={
        <>
          <span className="soft">{department}</span>
          {query.data ? <Label>{query.data.origin.format.toUpperCase()}</Label> : null}
        </>
      }
      trail={[
        <Link key="all" to="/catalogue">
          {t('catalogue.title')}
        </Link>,
        <Link key="department" to="/catalogue" search={{ department }}>
          {department}
        </Link>,
      ]}
    >
      <Loaded query={query} lines={12}>
        {(resource) => <ResourceTabs resource={resource} />}
      </Loaded>
    </Page>
  )
}

function ResourceTabs({ resource }: { resource: DatasetDetail }): ReactNode {
  const { t, number } = useWords()
  const { tab = 'overview' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Tabs
      label={t('resource.tabs')}
      active={tab}
      onChange={(key) => void navigate({ search: { tab: key as TabKey } })}
      tabs={tabs.map(({ key, badge, Content }) => {
        const n = badge?.(resource)
        return {
          key,
          title: t(`resource.${key}`),
          badge: n === undefined ? undefined : number(n),
          content: <Content resource={resource} />,
        }
      })}
    />
  )
}
