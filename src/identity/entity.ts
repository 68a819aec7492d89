import { call, type Expr } from '../engine/index.ts'
import type { EntityKind } from './contract.ts'

/** The session's tables of a kind: `person_members`, `enterprise_golden`. */
export const table = (kind: EntityKind, what: string): string => `${kind}_${what}`

/** `P0000001`, `E0000001`: never made of identifiers. */
export function entityName(kind: EntityKind, number: Expr): Expr {
  return call(
    'concat',
    kind === 'person' ? 'P' : 'E',
    call('leftPad', { kind: 'cast', value: number, to: 'text', lenient: false }, 7, '0'),
  )
}
