import { col, type Expr, from, type LakeTable, lake, type Relation, ROW, type SelectBuilder } from './plan.ts'

/** Expressions over the records of a version that a scan has computed already: the stage that holds them with `#row`, and their columns. */
export interface Computed {
  readonly relation: Relation
  readonly columns: ReadonlyMap<Expr, string>
}

/** Reads expressions over a version with the record's number: from where they have been computed if all of them have, else from the lake. */
export function reading(
  table: LakeTable,
  wanted: readonly (readonly [name: string, value: Expr])[],
  computed?: Computed,
): SelectBuilder {
  const known = wanted.map(([name, value]) => [name, standing(value, computed)] as const)
  if (computed !== undefined && known.every((k): k is readonly [string, Expr] => k[1] !== undefined))
    return from(computed.relation).select([[ROW, col(ROW)], ...known])
  return from(lake(table)).select([[ROW, col(ROW)], ...wanted])
}

function standing(value: Expr, computed: Computed | undefined): Expr | undefined {
  if (value.kind === 'literal') return value
  const column = computed?.columns.get(value)
  return column === undefined ? undefined : col(column)
}

/** The same expression object for the same argument, however many rules and rooms ask: what is the same object is computed once. */
export function remembered(make: (value: Expr, detail: string) => Expr): (value: Expr, detail?: string) => Expr {
  const known = new WeakMap<Expr, Map<string, Expr>>()
  return (value, detail = '') => {
    const byDetail = known.get(value) ?? new Map<string, Expr>()
    known.set(value, byDetail)
    const made = byDetail.get(detail) ?? make(value, detail)
    byDetail.set(detail, made)
    return made
  }
}
