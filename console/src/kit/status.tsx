import type { ReactNode } from 'react'

export type Tone = 'good' | 'warn' | 'bad' | 'note' | 'plain'

/** Signs tell the tones apart where colour cannot. */
const signs: Readonly<Record<Tone, string>> = { good: '✓', warn: '△', bad: '▲', note: '●', plain: '○' }

/** A state as sign + word + colour. */
export function StatusTag({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <span className={`tag tag-${tone}`}>
      <span aria-hidden="true">{signs[tone]}</span> {children}
    </span>
  )
}

/** A plain label without a state: a format, a grade. */
export function Label({ children }: { children: ReactNode }): ReactNode {
  return <span className="tag tag-label">{children}</span>
}
