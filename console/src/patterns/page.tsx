import { type ReactNode, useEffect, useRef } from 'react'
import { useWords } from '../words/index.ts'

interface Props {
  readonly title: string
  /** Beside the title: a physical name, a state. */
  readonly aside?: ReactNode
  readonly actions?: ReactNode
  /** Links to the pages above, the nearest last. */
  readonly trail?: readonly ReactNode[]
  readonly children: ReactNode
}

/** A page: its title in the window and as the heading that takes focus on arrival, its actions, its content. */
export function Page({ title, aside, actions, trail, children }: Props): ReactNode {
  const { t } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  useEffect(() => {
    // the first page of a visit leaves focus at the top, where the skip link is
    if (arrived) heading.current?.focus({ preventScroll: true })
    arrived = true
  }, [])
  return (
    <>
      {trail ? <Trail links={trail} /> : null}
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {aside}
        {actions ? <div className="page-actions">{actions}</div> : null}
      </div>
      {children}
    </>
  )
}

let arrived = false

function Trail({ links }: { links: readonly ReactNode[] }): ReactNode {
  const { t } = useWords()
  return (
    <nav className="trail" aria-label={t('app.trail')}>
      <ol>
        {links.map((link, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places of a trail do not move
          <li key={index}>{link}</li>
        ))}
      </ol>
    </nav>
  )
}

/** A titled part of a page. */
export function Card(props: { title?: string; aside?: ReactNode; children: ReactNode }): ReactNode {
  return (
    <section className="card">
      {props.title ? (
        <div className="card-head">
          <h2>{props.title}</h2>
          {props.aside}
        </div>
      ) : null}
      {props.children}
    </section>
  )
}

/** Names and values of one thing, two pairs a line. */
export function Facts({ facts }: { facts: readonly { name: string; value: ReactNode; wide?: boolean }[] }): ReactNode {
  return (
    <dl className="facts">
      {facts.map(({ name, value, wide }) => (
        <FactPair key={name} name={name} value={value} wide={wide ?? false} />
      ))}
    </dl>
  )
}

function FactPair(props: { name: string; value: ReactNode; wide: boolean }): ReactNode {
  return (
    <>
      <dt>{props.name}</dt>
      <dd className={props.wide ? 'wide' : undefined}>{props.value}</dd>
    </>
  )
}
