import { choiceOf, textOf } from '../../patterns/address.ts'

export const tabKeys = ['overview', 'items', 'quality', 'reading'] as const
export type TabKey = (typeof tabKeys)[number]

/** `/catalogue?q=…&department=…` */
export interface CatalogueSearch {
  readonly q?: string | undefined
  readonly department?: string | undefined
}
export function catalogueSearch(raw: Record<string, unknown>): CatalogueSearch {
  return textOf(raw, 'q', 'department')
}

/** `/catalogue/<department>/<resource>?tab=…&item=…&rule=…` */
export interface ResourceSearch {
  readonly tab?: TabKey | undefined
  readonly item?: string | undefined
  readonly rule?: string | undefined
}
export function resourceSearch(raw: Record<string, unknown>): ResourceSearch {
  return { ...choiceOf(raw, 'tab', tabKeys), ...textOf(raw, 'item', 'rule') }
}
