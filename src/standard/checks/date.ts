import { tidy } from '../../core/index.ts'
import type { Check } from '../check.ts'
import { and, call, firstFailing, lit, matches, not, part, remembered, tidied, tryCast, when } from './number.ts'
import type { Expr } from '../../engine/index.ts'

const compact = /\d{8}/
const separated = /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/
const withTime = /(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?/
const calendar = new RegExp(`${compact.source}|${separated.source}|${withTime.source}`)
/** ISO 8601-1: day of the year, and day of a week of the year. */
const ordinal = /(\d{4})-(\d{3})/
const week = /(\d{4})-W(\d{2})-([1-7])/
const counted = new RegExp(`${ordinal.source}|${week.source}`)
const whole = new RegExp(`^(?:${calendar.source}|${counted.source})$`)

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
  const counted = countedDate(text)
  if (counted !== undefined) return counted === '' ? undefined : counted
  const [, y, m, d] = /^\d{8}$/.test(text)
    ? [text, text.slice(0, 4), text.slice(4, 6), text.slice(6)]
    : /^(\d{4})\D(\d{1,2})\D(\d{1,2})/.exec(text)!
  const iso = `${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}`
  return realDate(iso) ? iso : undefined
}

/** A day counted from the start of its year or week-year; blank where the year has no such day, undefined for other spellings. */
function countedDate(text: string): string | undefined {
  const [, year, n] = new RegExp(`^${ordinal.source}$`).exec(text) ?? []
  if (year !== undefined) return Number(year) > 0 ? within(addDays(`${year}-01-01`, Number(n) - 1), year) : ''
  const [, weekYear, w, d] = new RegExp(`^${week.source}$`).exec(text) ?? []
  if (weekYear === undefined) return undefined
  if (Number(weekYear) < 1 || Number(w) < 1) return ''
  const fourth = `${weekYear}-01-04`
  const monday = addDays(fourth, -(daysFrom(firstMonday, fourth) % 7) + (Number(w) - 1) * 7)
  // a week belongs to the year of its Thursday
  return addDays(monday, 3).startsWith(weekYear) ? addDays(monday, Number(d) - 1) : ''
}
const within = (iso: string, year: string): string => (iso.startsWith(year) ? iso : '')
/** The first day of the calendar is a Monday. */
const firstMonday = '0001-01-01'
const dayLength = 86_400_000
const addDays = (iso: string, n: number): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + n * dayLength).toISOString().slice(0, 10)
const daysFrom = (a: string, b: string): number =>
  (Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / dayLength

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
  const dated = not(call('startsWith', text, '0000'))
  return when([
    [and(isCalendar(text), dated), call('formatDate', real)],
    [and(matches(text, ordinal), dated), ordinalExpr(text)],
    [and(matches(text, week), dated), weekExpr(text)],
  ])
})

const yearStart = (year: Expr, day: string): Expr => tryCast(call('concat', year, day), 'date')
const numberIn = (text: Expr, pattern: RegExp, group: number): Expr =>
  tryCast(call('extract', text, pattern.source, group), 'bigint')

function ordinalExpr(text: Expr): Expr {
  const year = part(text, 1, 4)
  const n = numberIn(text, ordinal, 2)
  const date = call('formatDate', call('addDays', yearStart(year, '-01-01'), call('subtract', n, 1)))
  return when([[call('startsWith', date, year), date]])
}

function weekExpr(text: Expr): Expr {
  const year = part(text, 1, 4)
  const fourth = yearStart(year, '-01-04')
  const weekday = call('modulo', call('daysBetween', tryCast(lit(firstMonday), 'date'), fourth), 7)
  const weeks = call('multiply', call('subtract', numberIn(text, week, 2), 1), 7)
  const monday = call('addDays', fourth, call('subtract', weeks, weekday))
  const date = call('formatDate', call('addDays', monday, call('subtract', numberIn(text, week, 3), 1)))
  const thursday = call('formatDate', call('addDays', monday, 3))
  return when([[and(call('ge', numberIn(text, week, 2), lit(1)), call('startsWith', thursday, year)), date]])
}
export const isoDateExpr = (value: Expr): Expr => isoDateMade(tidied(value))

/** Most dates are written as the standard says, and need no taking apart. */
const isIso = remembered((text) => matches(text, /\d{4}-\d{2}-\d{2}/))
const isCalendar = remembered((text) => when([[isIso(text), lit(true)]], matches(text, calendar)))
const isWritten = (text: Expr): Expr => when([[isCalendar(text), lit(true)]], matches(text, counted))

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
