import { textOf } from '../../patterns/address.ts'

export const kinds = ['enterprise', 'person'] as const
export type Kind = (typeof kinds)[number]

export function kindOf(text: string): Kind {
  return text === 'person' ? 'person' : 'enterprise'
}

/** `/entities/enterprise?q=…`. What is typed to find a person is personal data and never stands in the address. */
export interface EntitySearch {
  readonly q?: string | undefined
}
export function entitySearch(raw: Record<string, unknown>): EntitySearch {
  return textOf(raw, 'q')
}
