import { and, call, col, type Expr, from, lit, not, oneOf, or, tryCast, when } from '../../engine/index.ts'
import { tidy } from '../../core/index.ts'
import type { Check, Step } from '../check.ts'

export { and, call, col, from, lit, not, oneOf, or, tryCast, when }

/**
 * The same expression object for the same value, so that engines compute it once however many rules ask for it.
 * Keyed weakly: plans come and go.
 */
export function remembered(make: (value: Expr, today: string) => Expr): (value: Expr, today: string) => Expr {
  const known = new WeakMap<Expr, Map<string, Expr>>()
  return (value, today) => {
    const byDay = known.get(value) ?? new Map<string, Expr>()
    known.set(value, byDay)
    const made = byDay.get(today) ?? make(value, today)
    byDay.set(today, made)
    return made
  }
}
const once = (make: (value: Expr) => Expr): ((value: Expr) => Expr) => {
  const keyed = remembered(make)
  return (value) => keyed(value, '')
}

export const tidyExpr = once((value) => call('trim', call('foldWidth', value)))

/** Fold width, trim, upper case: how most codes are normalised. */
export const upperNormal = {
  normal: (value: string) => tidy(value).toUpperCase(),
  normalExpr: once((value) => call('upper', tidyExpr(value))),
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
