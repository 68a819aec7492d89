import { count, share } from '../figure.ts'
import { html, type Markup, t } from './markup.ts'

/** A share in both languages: only 不适用 differs. */
export function figure(a: number, b: number): Markup {
  return b === 0 ? t('不适用', 'n/a') : html`${share(a, b, 'en')}`
}

/** The share with its A and B below it. */
export function figureWithParts(a: number, b: number): Markup {
  return b === 0 ? figure(a, b) : html`${figure(a, b)}<br><span class="small">${count(a)}/${count(b)}</span>`
}

export const unitWords = {
  cell: t('数据元素', 'cells'),
  row: t('记录', 'records'),
  pair: t('主体事实', 'shared facts'),
} as const

export const severityWords = { strong: t('强', 'strong'), weak: t('弱', 'weak'), note: t('提示', 'note') } as const
