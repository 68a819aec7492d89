import {
  and,
  call,
  col,
  type Expr,
  from,
  lit,
  not,
  oneOf,
  or,
  remembered,
  tidied,
  tryCast,
  when,
} from '../../engine/index.ts'
import { tidy } from '../../core/index.ts'
import type { Check, Step } from '../check.ts'

export { and, call, col, from, lit, not, oneOf, or, remembered, tidied, tryCast, when }

/** Fold width, trim, upper case: how most codes are normalised. */
export const upperNormal = {
  normal: (value: string) => tidy(value).toUpperCase(),
  normalExpr: remembered((value) => call('upper', tidied(value))),
}
export const part = (value: Expr, at: number, length: number): Expr => call('substring', value, at, length)
export const matches = (value: Expr, pattern: RegExp): Expr => call('matches', value, pattern.source)

/** The first failing step: pairs of (failed?, step) in order. */
export function firstFailing(pairs: readonly (readonly [failed: Expr, step: Step])[]): Expr {
  return when(pairs.map(([failed, step]) => [failed, lit(step)] as const))
}

/** A sum of terms as one expression. */
export const sum = (terms: readonly Expr[]): Expr => terms.reduce((a, b) => call('add', a, b))

/** The value of a character in an alphabet, from 0. */
export const placeIn = (alphabet: string, character: Expr): Expr =>
  call('subtract', call('position', lit(alphabet), character), 1)

/** A check that is only a pattern. */
export function patternCheck(pattern: RegExp, normal: Pick<Check, 'normal' | 'normalExpr'> = upperNormal): Check {
  const whole = new RegExp(`^(?:${pattern.source})$`, 'u')
  return {
    ...normal,
    formSteps: ['structure'],
    fails: (value) => (whole.test(value) ? undefined : 'structure'),
    failsExpr: (value) => firstFailing([[not(matches(value, pattern)), 'structure']]),
  }
}
