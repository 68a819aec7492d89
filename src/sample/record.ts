import type { Cell } from './dirt.ts'

/** Whom a record speaks of: its subject (role ''), or somebody in a role. */
export interface Mention {
  readonly kind: 'person' | 'enterprise'
  readonly role: string
  readonly index: number
}

/** One record of a department's table, with the truth about it. */
export interface MadeRecord {
  readonly mentions: readonly Mention[]
  readonly cells: readonly Cell[]
  /** Why the whole record should not be there: it is a copy, or one account too many. */
  readonly surplus?: string
}

export const aPerson = (index: number, role = ''): Mention => ({ kind: 'person', role, index })
export const aFirm = (index: number, role = ''): Mention => ({ kind: 'enterprise', role, index })
export const entityName = (mention: Pick<Mention, 'kind' | 'index'>): string => `${mention.kind}-${mention.index}`
