/**
 * Plans are plain frozen data. Rooms build them with the functions below; only a dialect (`dialects/`) spells SQL.
 * Text functions count code points; nothing here compares bytes. What an engine lacks is rewritten or refused by its dialect.
 */
import type { DatasetName, DepartmentName, VersionId } from '../core/index.ts'

export type ColumnType = 'text' | 'bigint' | 'double' | 'boolean' | 'date' | 'timestamp'

/** Scalar functions every dialect must spell. `regex*` take RE2 syntax; `substring` counts from 1. */
export type ScalarName =
  // text
  | 'length' // code points
  | 'byteLength' // UTF-8 bytes
  | 'substring' // (text, from, length)
  | 'concat' // null arguments count as empty
  | 'upper'
  | 'lower'
  | 'trim' // blanks of every kind at both ends, ideographic space included
  | 'replace' // (text, what, with), all occurrences
  | 'translate' // (text, from, to), code point by code point
  | 'startsWith'
  | 'contains'
  | 'position' // (text, part): 1-based, 0 when absent
  | 'leftPad' // (text, length, with)
  | 'foldWidth' // exactly core's foldWidth
  | 'matches' // (text, pattern): the WHOLE text matches
  | 'finds' // (text, pattern): some part matches
  | 'extract' // (text, pattern, group): '' when absent
  | 'replacePattern' // (text, pattern, with): all occurrences
  | 'sha256' // lower-case hexadecimal of the UTF-8 bytes
  | 'hashBucket' // (text, n): 0 … n−1, repeatable on one engine
  | 'safeCell' // exactly core's safeCell
  // null and choice
  | 'coalesce'
  | 'nullIf'
  | 'isNull'
  | 'least'
  | 'greatest'
  // logic and comparison
  | 'and'
  | 'or'
  | 'not'
  | 'eq'
  | 'ne'
  | 'lt'
  | 'le'
  | 'gt'
  | 'ge'
  | 'isDistinctFrom'
  // numbers
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide' // double
  | 'quotient' // integer, towards zero
  | 'modulo'
  | 'floor'
  | 'abs'
  | 'bitAnd'
  | 'bitOr'
  | 'shiftLeft'
  // dates
  | 'year'
  | 'daysBetween' // (earlier, later)
  | 'formatDate' // (date) → YYYY-MM-DD text
  | 'addDays' // (date, days)

export type AggregateName =
  | 'count' // no argument: rows
  | 'countDistinct'
  | 'approxDistinct'
  | 'sum'
  | 'average'
  | 'min'
  | 'max'
  | 'any' // some value of the group; `min` where it must be repeatable
  | 'firstBy' // (value, order): the value where order is least; ties by value
  | 'lastBy' // (value, order): the value where order is greatest; ties by value
  | 'bitOrAll'
  | 'join' // (text, separator), ordered by the text itself

export type WindowName = 'rowNumber' | 'rank' | 'lag' | 'lead' | AggregateName

export interface Order {
  readonly by: Expr
  readonly descending?: boolean
  /** Nulls stand last unless said otherwise, on every engine. */
  readonly nullsFirst?: boolean
}

export type Expr =
  | { readonly kind: 'column'; readonly name: string; readonly of?: string }
  | { readonly kind: 'literal'; readonly value: string | number | bigint | boolean | null; readonly type?: ColumnType }
  | { readonly kind: 'call'; readonly fn: ScalarName; readonly args: readonly Expr[] }
  | {
      readonly kind: 'case'
      readonly when: readonly (readonly [condition: Expr, then: Expr])[]
      readonly otherwise?: Expr
    }
  /** `lenient`: a value that cannot be cast becomes null instead of failing the statement. */
  | { readonly kind: 'cast'; readonly value: Expr; readonly to: ColumnType; readonly lenient: boolean }
  | { readonly kind: 'in'; readonly value: Expr; readonly values: readonly (string | number)[] }
  | { readonly kind: 'aggregate'; readonly fn: AggregateName; readonly args: readonly Expr[]; readonly where?: Expr }
  | {
      readonly kind: 'window'
      readonly fn: WindowName
      readonly args: readonly Expr[]
      readonly partitionBy: readonly Expr[]
      readonly orderBy: readonly Order[]
    }

/** The name of the column that holds a record's number in its source file, from 1. */
export const ROW = '#row'

/** One immutable version in the lake: Parquet files whose columns are all text. */
export interface LakeTable {
  readonly department: DepartmentName
  readonly dataset: DatasetName
  readonly version: VersionId
  readonly files: readonly { readonly path: string; readonly rows: number }[]
  readonly columns: readonly string[]
  /** `position`: record numbers follow from the place in the files. `column`: the files carry `#row` themselves. */
  readonly rowNumbers: 'position' | 'column'
}

export interface Source {
  readonly relation: Relation
  readonly as: string
}

export interface Join {
  readonly kind: 'inner' | 'left' | 'full' | 'semi' | 'anti' | 'cross'
  readonly source: Source
  readonly on?: Expr
}

export interface Select {
  readonly kind: 'select'
  readonly from: Source
  readonly joins: readonly Join[]
  readonly where?: Expr
  readonly groupBy: readonly Expr[]
  readonly having?: Expr
  readonly columns: readonly (readonly [name: string, value: Expr])[]
  readonly distinct?: boolean
  /** Keeps the first row of each group (QUALIFY row_number() = 1 where an engine has it). */
  readonly firstOf?: { readonly per: readonly Expr[]; readonly order: readonly Order[] }
  readonly orderBy: readonly Order[]
  readonly limit?: number
}

export type Relation =
  | { readonly kind: 'lake'; readonly table: LakeTable }
  /** A stage or table made before, by name, within the session. */
  | { readonly kind: 'named'; readonly name: string }
  /** Parquet files with typed columns (results of earlier runs). */
  | { readonly kind: 'parquet'; readonly paths: readonly string[] }
  | {
      readonly kind: 'values'
      readonly columns: readonly (readonly [name: string, type: ColumnType])[]
      readonly rows: readonly (readonly (string | number | bigint | boolean | null)[])[]
    }
  | { readonly kind: 'unionAll'; readonly parts: readonly Relation[] }
  | Select

/** A named step of a longer analysis. Later stages refer to it by `named(name)`. */
export interface Stage {
  readonly name: string
  readonly relation: Relation
}

export const stage = (name: string, relation: Relation): Stage => Object.freeze({ name, relation })

// ---- relations
export const lake = (table: LakeTable): Relation => ({ kind: 'lake', table })
export const named = (name: string): Relation => ({ kind: 'named', name })
export const parquet = (paths: readonly string[]): Relation => ({ kind: 'parquet', paths })
export const unionAll = (parts: readonly Relation[]): Relation => ({ kind: 'unionAll', parts })
export const values = (
  columns: readonly (readonly [string, ColumnType])[],
  rows: readonly (readonly (string | number | bigint | boolean | null)[])[],
): Relation => ({ kind: 'values', columns, rows })

/** Begins a select: `from(lake(t), 'r').where(…).select({ id: col('id') }).done()`. Each step returns a new builder. */
export function from(relation: Relation, as = 't'): SelectBuilder {
  return new SelectBuilder({ kind: 'select', from: { relation, as }, joins: [], groupBy: [], columns: [], orderBy: [] })
}

export class SelectBuilder {
  readonly #select: Select
  constructor(select: Select) {
    this.#select = select
  }
  #with(change: Partial<Select>): SelectBuilder {
    return new SelectBuilder({ ...this.#select, ...change })
  }
  join(kind: Join['kind'], relation: Relation, as: string, on?: Expr): SelectBuilder {
    const join: Join = { kind, source: { relation, as }, ...(on ? { on } : {}) }
    return this.#with({ joins: [...this.#select.joins, join] })
  }
  where(condition: Expr): SelectBuilder {
    return this.#with({ where: this.#select.where ? and(this.#select.where, condition) : condition })
  }
  groupBy(...by: Expr[]): SelectBuilder {
    return this.#with({ groupBy: by })
  }
  having(condition: Expr): SelectBuilder {
    return this.#with({ having: condition })
  }
  /** Adds columns; call again to add more. */
  select(columns: Readonly<Record<string, Expr>> | readonly (readonly [string, Expr])[]): SelectBuilder {
    const added = Array.isArray(columns) ? columns : Object.entries(columns)
    return this.#with({ columns: [...this.#select.columns, ...(added as [string, Expr][])] })
  }
  distinct(): SelectBuilder {
    return this.#with({ distinct: true })
  }
  firstOf(per: readonly Expr[], order: readonly Order[]): SelectBuilder {
    return this.#with({ firstOf: { per, order } })
  }
  orderBy(...order: (Order | Expr)[]): SelectBuilder {
    return this.#with({ orderBy: order.map((o) => ('by' in o ? o : { by: o })) })
  }
  limit(count: number): SelectBuilder {
    return this.#with({ limit: count })
  }
  done(): Select {
    return Object.freeze({ ...this.#select })
  }
}

// ---- expressions
export const col = (name: string, of?: string): Expr =>
  of === undefined ? { kind: 'column', name } : { kind: 'column', name, of }
export const lit = (value: string | number | bigint | boolean | null, type?: ColumnType): Expr =>
  type === undefined ? { kind: 'literal', value } : { kind: 'literal', value, type }
export const call = (fn: ScalarName, ...args: readonly (Expr | string | number | bigint | boolean | null)[]): Expr => ({
  kind: 'call',
  fn,
  args: args.map((a) => (typeof a === 'object' && a !== null ? a : lit(a))),
})
export const when = (pairs: readonly (readonly [Expr, Expr])[], otherwise?: Expr): Expr =>
  otherwise === undefined ? { kind: 'case', when: pairs } : { kind: 'case', when: pairs, otherwise }
export const cast = (value: Expr, to: ColumnType): Expr => ({ kind: 'cast', value, to, lenient: false })
export const tryCast = (value: Expr, to: ColumnType): Expr => ({ kind: 'cast', value, to, lenient: true })
export const oneOf = (value: Expr, list: readonly (string | number)[]): Expr => ({ kind: 'in', value, values: list })
export const and = (...parts: readonly Expr[]): Expr =>
  parts.length === 1 ? parts[0]! : { kind: 'call', fn: 'and', args: parts }
export const or = (...parts: readonly Expr[]): Expr =>
  parts.length === 1 ? parts[0]! : { kind: 'call', fn: 'or', args: parts }
export const not = (part: Expr): Expr => ({ kind: 'call', fn: 'not', args: [part] })
export const isNull = (value: Expr): Expr => ({ kind: 'call', fn: 'isNull', args: [value] })
export const notNull = (value: Expr): Expr => not(isNull(value))
export const eq = (a: Expr, b: Expr): Expr => ({ kind: 'call', fn: 'eq', args: [a, b] })
export const aggregate = (fn: AggregateName, args: readonly Expr[] = [], where?: Expr): Expr =>
  where === undefined ? { kind: 'aggregate', fn, args } : { kind: 'aggregate', fn, args, where }
/** How many rows of the group meet the condition (all rows when left out). */
export const countRows = (where?: Expr): Expr => aggregate('count', [], where)
export const over = (
  fn: WindowName,
  args: readonly Expr[],
  partitionBy: readonly Expr[],
  orderBy: readonly Order[] = [],
): Expr => ({
  kind: 'window',
  fn,
  args,
  partitionBy,
  orderBy,
})
export const ascending = (by: Expr): Order => ({ by })
export const descending = (by: Expr): Order => ({ by, descending: true })
