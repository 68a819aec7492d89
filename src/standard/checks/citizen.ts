import type { Expr } from '../../engine/index.ts'
import type { Check, Step } from '../check.ts'
import { lazily, regionEnded, regionNowPattern, regionPattern, regionsEver, regionYearPatterns } from '../codes.ts'
import { realDate } from './date.ts'
import {
  and,
  call,
  firstFailing,
  lit,
  matches,
  not,
  oneOf,
  part,
  remembered,
  sum,
  tryCast,
  upperNormal,
  when,
} from './number.ts'

/** GB 11643-1999: weights and check characters of ISO 7064 MOD 11-2. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'
const structure = /\d{17}[\dX]|\d{15}/

export function citizenCheckCharacter(first17: string): string {
  const total = weights.reduce((n, w, i) => n + w * Number(first17[i]), 0)
  return checkCharacters[total % 11]!
}

/** 15 → 18 digits: century 19, or 18 where the sequence is 996–999 (centenarians). */
export function upgradeCitizen(fifteen: string): string {
  const century = /^99[6-9]$/.test(fifteen.slice(12)) ? '18' : '19'
  const first17 = fifteen.slice(0, 6) + century + fifteen.slice(6)
  return first17 + citizenCheckCharacter(first17)
}

/** Region of issue, valid at some time; permanent residents' numbers hold 9, a province and a nationality instead. */
function regionKnown(code: string): boolean {
  return code.startsWith('9') ? provinces().includes(code.slice(1, 3)) : regionsEver().has(code)
}
const provinces = lazily(() => [...new Set([...regionsEver()].map((code) => code.slice(0, 2)))])

function fails(value: string, today: string): Step | undefined {
  if (!/^(?:\d{17}[\dX]|\d{15})$/.test(value)) return 'structure'
  const full = value.length === 15 ? upgradeCitizen(value) : value
  if (citizenCheckCharacter(full.slice(0, 17)) !== full[17]) return 'check'
  const birth = `${full.slice(6, 10)}-${full.slice(10, 12)}-${full.slice(12, 14)}`
  if (!realDate(birth) || birth < '1850-01-01') return 'date'
  if (birth > today) return 'future'
  const region = full.slice(0, 6)
  if (!regionKnown(region)) return 'region'
  return regionEnded(region, Number(birth.slice(0, 4))) ? 'region-ended' : undefined
}

/** Digits of the first 17 by integer arithmetic: no work per letter. */
function checkExpr(full: Expr): Expr {
  const number = tryCast(part(full, 1, 17), 'bigint')
  const digit = (i: number): Expr => call('modulo', call('quotient', number, lit(10n ** BigInt(16 - i))), 10)
  const total = sum(weights.map((w, i) => call('multiply', digit(i), w)))
  return call('substring', lit(checkCharacters), call('add', call('modulo', total, 11), 1), 1)
}

/** The 18-digit form of a structurally sound number; others as they are. */
function fullExpr(normal: Expr): Expr {
  const century = when([[matches(part(normal, 13, 3), /99[6-9]/), lit('18')]], lit('19'))
  const first17 = call('concat', part(normal, 1, 6), century, part(normal, 7, 9))
  return when([[matches(normal, /\d{15}/), call('concat', first17, checkExpr(first17))]], normal)
}

const birthExpr = (full: Expr): Expr => call('concat', part(full, 7, 4), '-', part(full, 11, 2), '-', part(full, 13, 2))

const failsExpr = remembered((value, today) => {
  const long = call('eq', call('length', value), lit(18))
  // a 15-digit number has no check character of its own; its century is 19 but for centenarians
  const birth = when(
    [[long, birthExpr(value)]],
    call(
      'concat',
      when([[matches(part(value, 13, 3), /99[6-9]/), lit('18')]], lit('19')),
      part(value, 7, 2),
      '-',
      part(value, 9, 2),
      '-',
      part(value, 11, 2),
    ),
  )
  return firstFailing([
    [not(matches(value, structure)), 'structure'],
    [and(long, call('ne', checkExpr(value), part(value, 18, 1))), 'check'],
    [call('coalesce', call('lt', call('year', tryCast(birth, 'date')), 1850), lit(true)), 'date'],
    [call('gt', birth, lit(today)), 'future'],
    ...regionFailures(value, part(birth, 1, 4)),
  ])
})

/** Most numbers hold a code that is in force: only the others are held against the history. */
function regionFailures(value: Expr, birthYear: Expr): readonly (readonly [Expr, Step])[] {
  const resident = call('startsWith', value, '9')
  const now = call('matches', part(value, 1, 6), regionNowPattern())
  const known = when(
    [
      [resident, oneOf(part(value, 2, 2), provinces())],
      [now, lit(true)],
    ],
    call('matches', part(value, 1, 6), regionPattern()),
  )
  const codeAndYear = call('concat', part(value, 3, 4), birthYear)
  const ended = when(
    [
      [call('or', resident, now), lit(false)],
      ...regionYearPatterns().map(
        ([province, pattern]) =>
          [call('startsWith', value, province), not(call('matches', codeAndYear, pattern))] as const,
      ),
    ],
    lit(false),
  )
  return [
    [not(known), 'region'],
    [ended, 'region-ended'],
  ]
}

/** 公民身份号码, GB 11643-1999: 18 digits, or the 15 of before 1999; permanent residents' numbers begin with 9. */
export const citizenCheck: Check = { ...upperNormal, formSteps: ['structure'], fails, failsExpr }

/** The 18-digit number for joining; null where the value does not pass. */
export const citizenCanonical = remembered((value, today) => {
  const normal = upperNormal.normalExpr(value)
  return when([[call('isNull', failsExpr(normal, today)), fullExpr(normal)]])
})
/** Birth date inside a canonical number; null where the number is. */
export const citizenBirth: (canonical: Expr) => Expr = remembered((canonical) =>
  when([[call('not', call('isNull', canonical)), birthExpr(canonical)]]),
)
/** GB/T 2261.1: 1 male (odd sequence), 2 female. */
export const citizenSex: (canonical: Expr) => Expr = remembered((canonical) =>
  when(
    [
      [call('isNull', canonical), lit(null, 'text')],
      [oneOf(part(canonical, 17, 1), ['1', '3', '5', '7', '9']), lit('1')],
    ],
    lit('2'),
  ),
)
