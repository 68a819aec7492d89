import type { ReactNode } from 'react'

interface Props {
  readonly part: number
  readonly whole: number
  readonly tone?: 'bar' | 'good' | 'bad'
}

/** A thin bar beside a figure that says the same; nothing for screen readers to repeat. */
export function ShareBar({ part, whole, tone = 'bar' }: Props): ReactNode {
  const share = whole === 0 ? 0 : Math.min(part / whole, 1)
  return (
    <span className="share-bar" aria-hidden="true">
      <span style={{ width: `${share * 100}%`, background: `var(--${tone})` }} />
    </span>
  )
}

/** How far long work has come. Without a total it says that it runs, and no more. */
export function ProgressBar(props: { label: string; done: number; total: number }): ReactNode {
  const { label, done, total } = props
  const percent = total === 0 ? undefined : Math.round((done / total) * 100)
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ width: `${percent ?? 0}%` }} />
    </div>
  )
}
