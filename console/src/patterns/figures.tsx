import type { ReactNode } from 'react'
import type { GroupFigure } from '../../../src/report/contract.ts'
import { ShareBar } from '../kit/index.ts'
import { bytesText, shareText, useWords } from '../words/index.ts'

/** From here on a number is shortened to 万 or K; the exact one is on hover and in what is copied by a screen reader. */
const long = 10_000_000

export function Count({ n }: { n: number }): ReactNode {
  const { number, shortNumber } = useWords()
  if (n < long) return <span className="figures">{number(n)}</span>
  return (
    <span className="figures" title={number(n)}>
      {shortNumber(n)}
    </span>
  )
}

export function Bytes({ n }: { n: number }): ReactNode {
  const { number } = useWords()
  return (
    <span className="figures nowrap" title={`${number(n)} B`}>
      {bytesText(n)}
    </span>
  )
}

/** A share with its 分子 and 分母; 不适用 where nothing was there to count. */
export function Share({ a, b, bar }: { a: number; b: number; bar?: boolean }): ReactNode {
  const { t, number } = useWords()
  const text = shareText(a, b)
  if (text === null) return <span className="soft">{t('figure.not-applicable')}</span>
  return (
    <span className="nowrap figures">
      {bar ? <ShareBar part={a} whole={b} /> : null}
      {text}{' '}
      <span className="soft small">
        ({number(a)}/{number(b)})
      </span>
    </span>
  )
}

/** The share alone, A/B on hover: for dense tables. */
export function ShortShare({ a, b }: { a: number; b: number }): ReactNode {
  const { t, number } = useWords()
  const text = shareText(a, b)
  if (text === null) return <span className="soft">{t('figure.not-applicable-short')}</span>
  return (
    <span className="figures nowrap" title={`${number(a)} / ${number(b)}`}>
      {text}
    </span>
  )
}

/** The axis of a quality chart: from a whole number of tens below the worst group to 100, in five steps. */
export function axisOf(groups: readonly Pick<GroupFigure, 'a' | 'b'>[]): { min: number; max: number; step: number } {
  const shares = groups.filter(({ b }) => b > 0).map(({ a, b }) => (a / b) * 100)
  const min = shares.length === 0 ? 0 : Math.max(0, Math.floor((Math.min(...shares) - 1) / 10) * 10)
  return { min, max: 100, step: (100 - min) / 5 }
}
