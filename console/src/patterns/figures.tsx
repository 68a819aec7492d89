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

/** A part of a group: cells, records and pairs are never added into one figure. */
export interface GroupPart {
  readonly unit: GroupFigure['unit']
  readonly a: number
  readonly b: number
  readonly indicators: readonly string[]
}

export function partsOf({ unit, a, b, indicators, others }: GroupFigure): GroupPart[] {
  return [{ unit, a, b, indicators }, ...others]
}

/** A group in a dense table: the share of each unit, A/B on hover. */
export function GroupShares({ group }: { group: GroupFigure | undefined }): ReactNode {
  const { t } = useWords()
  if (group === undefined || group.b === 0) return <span className="soft">{t('figure.not-applicable-short')}</span>
  return partsOf(group).map(({ unit, a, b }, index) => (
    <div key={unit} className={index === 0 ? 'nowrap' : 'nowrap soft small'}>
      {index > 0 && unit !== null ? `${t(`quality.units.${unit}`)} ` : null}
      <ShortShare a={a} b={b} />
    </div>
  ))
}

function ShortShare({ a, b }: { a: number; b: number }): ReactNode {
  const { number } = useWords()
  return (
    <span className="figures" title={`${number(a)} / ${number(b)}`}>
      {shareText(a, b)}
    </span>
  )
}

/** The axis of a quality chart: from a whole number of tens below the worst part to 100, in five steps. */
export function axisOf(parts: readonly Pick<GroupPart, 'a' | 'b'>[]): { min: number; max: number; step: number } {
  const shares = parts.filter(({ b }) => b > 0).map(({ a, b }) => (a / b) * 100)
  const min = shares.length === 0 ? 0 : Math.max(0, Math.floor((Math.min(...shares) - 1) / 10) * 10)
  return { min, max: 100, step: (100 - min) / 5 }
}
