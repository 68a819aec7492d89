import type { Expr } from '../../engine/index.ts'
import type { Check, Step } from '../check.ts'
import { citizenCheck } from './citizen.ts'
import { codeSet, codesPattern, lazily, regionsEver } from '../codes.ts'
import {
  call,
  firstFailing,
  lit,
  matches,
  not,
  oneOf,
  part,
  placeIn,
  remembered,
  sum,
  tidied,
  upperNormal,
  when,
} from './number.ts'
import { tidy } from '../../core/index.ts'

/** GB 32100-2015: 31 characters without I O S V Z, weights 3^(i-1) mod 31. */
export const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
/** GB 11714: letters count from A = 10. */
const orgAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const orgWeights = [3, 7, 9, 10, 5, 8, 4, 2]

export function usccCheckCharacter(first17: string): string {
  const total = usccWeights.reduce((n, w, i) => n + w * usccAlphabet.indexOf(first17[i]!), 0)
  return usccAlphabet[(31 - (total % 31)) % 31]!
}
export function orgCheckCharacter(first8: string): string {
  const total = orgWeights.reduce((n, w, i) => n + w * orgAlphabet.indexOf(first8[i]!), 0)
  return '0X987654321'[total % 11]!
}

/** Registrar and category as they may stand together. From memory in part, so only the first two characters are judged. */
const kinds = lazily(() => [...codeSet('机构类别代码').codes.keys()])
/** 100000 stands for bodies registered by the central authorities. */
const usccRegions = lazily(() => [...regionsEver(), '100000'])
const usccRegionSet = lazily(() => new Set(usccRegions()))
const usccRegionPattern = lazily(() => codesPattern(usccRegions()))
const structure = /[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}/

function usccFails(value: string): Step | undefined {
  if (!new RegExp(`^${structure.source}$`).test(value)) return 'structure'
  if (usccCheckCharacter(value.slice(0, 17)) !== value[17]) return 'check'
  if (!kinds().includes(value.slice(0, 2))) return 'registrar'
  if (!usccRegionSet().has(value.slice(2, 8))) return 'region'
  return orgCheckCharacter(value.slice(8, 16)) === value[16] ? undefined : 'orgcode'
}

const weighted = (value: Expr, alphabet: string, weights: readonly number[], from: number): Expr =>
  sum(weights.map((w, i) => call('multiply', placeIn(alphabet, part(value, from + i, 1)), w)))

function usccCheckExpr(value: Expr): Expr {
  const total = weighted(value, usccAlphabet, usccWeights, 1)
  return call(
    'substring',
    lit(usccAlphabet),
    call('add', call('modulo', call('subtract', 31, call('modulo', total, 31)), 31), 1),
    1,
  )
}
function orgCheckExpr(value: Expr, from: number): Expr {
  return call(
    'substring',
    lit('0X987654321'),
    call('add', call('modulo', weighted(value, orgAlphabet, orgWeights, from), 11), 1),
    1,
  )
}

const usccFailsExpr = remembered((value) => {
  return firstFailing([
    [not(matches(value, structure)), 'structure'],
    [call('ne', usccCheckExpr(value), part(value, 18, 1)), 'check'],
    [not(oneOf(part(value, 1, 2), kinds())), 'registrar'],
    [not(call('matches', part(value, 3, 6), usccRegionPattern())), 'region'],
    [call('ne', orgCheckExpr(value, 9), part(value, 17, 1)), 'orgcode'],
  ])
})

/** 统一社会信用代码, GB 32100-2015. */
export const usccCheck: Check = { ...upperNormal, formSteps: ['structure'], fails: usccFails, failsExpr: usccFailsExpr }

const orgNormal = {
  normal: (value: string) => tidy(value).toUpperCase().replaceAll('-', ''),
  normalExpr: remembered((value) => call('replace', call('upper', tidied(value)), '-', '')),
}

/** 组织机构代码, GB 11714: with or without its hyphen. */
export const orgCheck: Check = {
  ...orgNormal,
  formSteps: ['structure'],
  fails: (value) =>
    !/^[0-9A-Z]{8}[0-9X]$/.test(value)
      ? 'structure'
      : orgCheckCharacter(value.slice(0, 8)) === value[8]
        ? undefined
        : 'check',
  failsExpr: (value) =>
    firstFailing([
      [not(matches(value, /[0-9A-Z]{8}[0-9X]/)), 'structure'],
      [call('ne', orgCheckExpr(value, 1), part(value, 9, 1)), 'check'],
    ]),
}

const oldTax = /\d{6}[0-9A-Z]{8}[0-9X]/
const oldTaxFails = (value: string): Step | undefined =>
  !new RegExp(`^${oldTax.source}$`).test(value)
    ? 'structure'
    : orgCheckCharacter(value.slice(6, 14)) === value[14]
      ? undefined
      : 'check'
const oldTaxFailsExpr = (value: Expr): Expr =>
  firstFailing([
    [not(matches(value, oldTax)), 'structure'],
    [call('ne', orgCheckExpr(value, 7), part(value, 15, 1)), 'check'],
  ])

/**
 * 纳税人识别号: an organisation's USCC, a person's ID number; before, region and organisation code (15), or a person's ID number
 * and two digits (20). Told apart by length, and USCC from ID by what its first eight characters may be.
 */
export const taxCheck: Check = {
  ...upperNormal,
  formSteps: ['structure'],
  fails: (value, today) => {
    if (value.length === 20) return /\d\d$/.test(value) ? citizenCheck.fails(value.slice(0, 18), today) : 'structure'
    if (value.length !== 18) return oldTaxFails(value)
    const step = usccFails(value)
    return step === undefined || citizenCheck.fails(value, today) === undefined ? undefined : step
  },
  failsExpr: (value, today) => {
    const uscc = usccFailsExpr(value, '')
    const person = call('isNull', citizenCheck.failsExpr(value, today))
    const twenty = when(
      [[matches(part(value, 19, 2), /\d\d/), citizenCheck.failsExpr(part(value, 1, 18), today)]],
      lit('structure'),
    )
    return when(
      [
        [call('eq', call('length', value), lit(18)), when([[not(call('or', call('isNull', uscc), person)), uscc]])],
        [call('eq', call('length', value), lit(20)), twenty],
      ],
      oldTaxFailsExpr(value),
    )
  },
}

/** The organisation code inside any of the three, for joining; null where the value is no organisation's or does not pass. */
export function organisationCanonical(kind: OrganisationCode, value: Expr, today: string): Expr {
  return canonicals[kind](value, today)
}
type OrganisationCode = 'uscc' | 'org' | 'tax'
const canonicals = { uscc: canonicalOf('uscc'), org: canonicalOf('org'), tax: canonicalOf('tax') }
function canonicalOf(kind: OrganisationCode): (value: Expr, today: string) => Expr {
  return remembered((value, today) => insideCode(kind, value, today))
}
function insideCode(kind: OrganisationCode, value: Expr, today: string): Expr {
  const normal = { uscc: usccCheck, org: orgCheck, tax: taxCheck }[kind].normalExpr(value)
  const fromUscc = when([[call('isNull', usccFailsExpr(normal, '')), part(normal, 9, 9)]])
  if (kind === 'uscc') return fromUscc
  if (kind === 'org') return when([[call('isNull', orgCheck.failsExpr(normal, today)), normal]])
  return when(
    [[call('eq', call('length', normal), lit(18)), fromUscc]],
    when([[call('isNull', oldTaxFailsExpr(normal)), part(normal, 7, 9)]]),
  )
}
