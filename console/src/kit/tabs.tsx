import { Tabs as AntTabs } from 'antd'
import type { ReactNode } from 'react'

export interface Tab {
  readonly key: string
  readonly title: string
  /** How many things wait behind the tab. */
  readonly badge?: string | undefined
  readonly content: ReactNode
}

interface Props {
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly active: string
  readonly onChange: (key: string) => void
}

export function Tabs({ label, tabs, active, onChange }: Props): ReactNode {
  return (
    <AntTabs
      aria-label={label}
      activeKey={active}
      onChange={onChange}
      destroyOnHidden
      animated={false}
      items={tabs.map(({ key, title, badge, content }) => ({
        key,
        label: badge === undefined ? title : `${title} (${badge})`,
        children: content,
      }))}
    />
  )
}
