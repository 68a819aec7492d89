import { tidy } from '../../core/index.ts'
import type { Check } from '../check.ts'
import { and, call, firstFailing, lit, matches, not, part, remembered, tidied, tryCast, when } from './number.ts'
import type { Expr } from '../../engine/index.ts'

const compact = /\d{8}/
const separated = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/
const withTime = /(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?/
const any = new RegExp(`${compact.source}|${separated.source}|${withTime.source}`)
const whole = new RegExp(`^(?:${any.source})$`)

/** Is it a day of the Gregorian calendar? */
export function realDate(iso: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  if (!found || +found[1]! < 1) return false
  const day = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === iso
}

/** The date in one of the usual spellings as YYYY-MM-DD; undefined when it has none of them or is no real day. */
export function isoDate(value: string): string | undefined {
  const text = tidy(value)
  if (!whole.test(text)) return undefined
  const [, y, m, d] = /^\d{8}$/.test(text)
    ? [text, text.slice(0, 4), text.slice(4, 6), text.slice(6)]
    : /^(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(text)!
  const iso = `${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}`
  return realDate(iso) ? iso : undefined
}

/** The same as a plan: text YYYY-MM-DD or null. Time of day is dropped. */
const isoDateMade = remembered((text) => {
  const piece = (group: number): Expr =>
    call(
      'leftPad',
      call('extract', text, '^(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})', group),
      group === 1 ? 4 : 2,
      '0',
    )
  const joined = when(
    [[matches(text, compact), call('concat', part(text, 1, 4), '-', part(text, 5, 2), '-', part(text, 7, 2))]],
    call('concat', piece(1), '-', piece(2), '-', piece(3)),
  )
  const real = when([[isIso(text), tryCast(text, 'date')]], tryCast(joined, 'date'))
  return when([[and(isWritten(text), not(call('startsWith', text, '0000'))), call('formatDate', real)]])
})
export const isoDateExpr = (value: Expr): Expr => isoDateMade(tidied(value))

/** Most dates are written as the standard says, and need no taking apart. */
const isIso = remembered((text) => matches(text, /\d{4}-\d{2}-\d{2}/))
const isWritten = remembered((text) => when([[isIso(text), lit(true)]], matches(text, any)))

/**
 * A day, in YYYYMMDD or with separators; GB/T 7408.1-2023 (ISO 8601-1:2019) calendar dates and the usual written forms.
 * Spreadsheet serial numbers are no dates here: whether 45351 is one cannot be seen from the value.
 */
export const dateCheck: Check = {
  normal: tidy,
  normalExpr: tidied,
  formSteps: ['structure'],
  fails: (value) => (!whole.test(value) ? 'structure' : isoDate(value) === undefined ? 'date' : undefined),
  failsExpr: (value) =>
    firstFailing([
      [not(isWritten(value)), 'structure'],
      [call('isNull', isoDateExpr(value)), 'date'],
    ]),
}

/** A day that cannot lie in the future: births, registrations. */
export const pastDateCheck: Check = {
  ...dateCheck,
  fails: (value, today) => dateCheck.fails(value, today) ?? (isoDate(value)! > today ? 'future' : undefined),
  failsExpr: (value, today) =>
    call(
      'coalesce',
      dateCheck.failsExpr(value, today),
      when([[call('gt', isoDateExpr(value), lit(today)), lit('future')]]),
    ),
}
