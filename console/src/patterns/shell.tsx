import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../words/index.ts'

/** One line of the left menu. */
export interface Entry {
  readonly to: NonNullable<LinkProps['to']>
  readonly title: string
  readonly icon: ReactNode
  /** The address is that page alone, not everything below it. */
  readonly exact?: boolean
}

interface Props {
  readonly entries: readonly Entry[]
  readonly search: ReactNode
  readonly end: ReactNode
  readonly foot: ReactNode
  /** Words that stand above every page. */
  readonly notice?: ReactNode
  readonly children: ReactNode
}

/** The frame around every page: skip link, top bar, left menu, main. */
export function Shell({ entries, search, end, foot, notice, children }: Props): ReactNode {
  const { t } = useWords()
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <header className="top">
        <Link to="/" className="brand" aria-label={`${t('app.name')} · ${t('home.title')}`}>
          <img src="/mark.svg" width="26" height="26" alt="" />
          {t('app.name')}
        </Link>
        {search}
        <div className="top-end">{end}</div>
      </header>
      <nav className="side" aria-label={t('app.menu')}>
        <ul>
          {entries.map(({ to, title, icon, exact }) => (
            <li key={title}>
              <Link to={to} activeOptions={{ exact: exact ?? false, includeSearch: false }}>
                {icon}
                {title}
              </Link>
            </li>
          ))}
        </ul>
        <div className="side-foot">{foot}</div>
      </nav>
      <main id="main" tabIndex={-1}>
        {notice}
        {children}
      </main>
    </div>
  )
}
