import type { DatasetProfile } from '../catalogue/index.ts'
import {
  call,
  col,
  type Expr,
  from,
  type LakeTable,
  lake,
  lit,
  notNull,
  ROW,
  type Relation,
  unionAll,
  when,
} from '../engine/index.ts'
import {
  type Binding,
  citizenCanonical,
  elementOf,
  ethnicCanonical,
  isoDateExpr,
  organisationCanonical,
  sexCanonical,
} from '../standard/index.ts'
import type { EntityKind } from './contract.ts'

/** A dataset that may hold records of entities. */
export interface LinkInput {
  readonly table: LakeTable
  readonly bindings: readonly Binding[]
  readonly profile: DatasetProfile
}

/** A dataset that does: where a record's identifiers, name and key stand. `source` numbers datasets in the order given. */
export interface LinkSource {
  readonly source: number
  readonly kind: EntityKind
  readonly table: LakeTable
  readonly bindings: readonly Binding[]
  /** Valid strong identifier in the form that is joined on; null otherwise. */
  readonly identifier: Expr
  /** 注册号, which other records tie to an organisation code. */
  readonly registration: Expr | undefined
  readonly name: Expr
  /** A column that names the record within its dataset and is not sensitive. */
  readonly keyColumn: string | undefined
  readonly distinctIds: number
}

export interface Field {
  readonly short: string
  readonly kind: EntityKind
}

/** Fields of a golden record, in order: data elements by short name. */
export const goldenFields: Readonly<Record<EntityKind, readonly string[]>> = {
  person: ['XM', 'GMSFHM', 'XB', 'CSRQ', 'MZ', 'SJHM', 'ZZ'],
  enterprise: ['QYMC', 'TYSHXYDM', 'FDDBR', 'ZCZB', 'CLRQ', 'DJZT', 'HYDM', 'ZZ'],
}

/** Facts on which departments should not differ; a second phone or a later address is no contradiction. */
export const steadyFields: Readonly<Record<EntityKind, readonly string[]>> = {
  person: ['XM', 'XB', 'CSRQ', 'MZ'],
  enterprise: ['QYMC', 'FDDBR', 'CLRQ'],
}

/** Finds which datasets speak of people and of enterprises. A record may be both: a register of firms with their owners is of firms only. */
export function planSources(inputs: readonly LinkInput[], today: string): LinkSource[] {
  return inputs.flatMap((input, source) =>
    (['person', 'enterprise'] as const).flatMap((kind) => sourceOf(input, source, kind, today) ?? []),
  )
}

/** The record's own column bound to an element; a role (配偶, 法定代表人) speaks of somebody else. */
export function ownColumn(bindings: readonly Binding[], short: string): string | undefined {
  return bindings.find((b) => b.element === short && b.role === '')?.column
}

function sourceOf(
  { table, bindings, profile }: LinkInput,
  source: number,
  kind: EntityKind,
  today: string,
): LinkSource | undefined {
  const column = (short: string): Expr | undefined => {
    const name = ownColumn(bindings, short)
    return name === undefined ? undefined : col(name)
  }
  const identifier = kind === 'person' ? personNumber(column, today) : organisationNumber(column, today)
  const registration = kind === 'enterprise' ? column('ZCH') : undefined
  if (identifier === undefined && registration === undefined) return undefined
  const name = column(kind === 'person' ? 'XM' : 'QYMC')
  const sensitive = new Set(bindings.filter((b) => b.grade === 'L3' || b.grade === 'L4').map((b) => b.column))
  const idColumn = ownColumn(bindings, kind === 'person' ? 'GMSFHM' : 'TYSHXYDM')
  return {
    source,
    kind,
    table,
    bindings,
    identifier: identifier ?? lit(null, 'text'),
    registration:
      registration && when([[call('matches', call('trim', registration), '\\d{15}'), call('trim', registration)]]),
    name: name === undefined ? lit(null, 'text') : normalName(name),
    keyColumn: profile.keys.find((k) => !sensitive.has(k)),
    distinctIds: profile.fields.find((f) => f.name === idColumn)?.distinct ?? 0,
  }
}

type Column = (short: string) => Expr | undefined

function personNumber(column: Column, today: string): Expr | undefined {
  const id = column('GMSFHM')
  return id && citizenCanonical(id, today)
}

function organisationNumber(column: Column, today: string): Expr | undefined {
  const sorts = [
    ['uscc', 'TYSHXYDM'],
    ['org', 'ZZJGDM'],
    ['tax', 'NSRSBH'],
  ] as const
  const found = sorts.flatMap(([sort, short]) => {
    const value = column(short)
    return value === undefined ? [] : [organisationCanonical(sort, value, today)]
  })
  return found.length <= 1 ? found[0] : call('coalesce', ...found)
}

/** What stands where a name should, and is none. */
const noNames = ['', '无', '不详', '未知', '暂无', '测试', 'TEST', '/', '-', '—', 'NULL', 'N/A', '\ufffd']

/** Names without blanks, dots and width; brackets of every kind as (). Nothing else is taken away. */
export function normalName(value: Expr): Expr {
  const folded = call('upper', call('foldWidth', value))
  const name = call('replacePattern', call('translate', folded, '〔〕【】[]', '()()()'), '[\\s·•・.]', '')
  return when([[call('not', { kind: 'in', value: name, values: noNames }), name]])
}

/** Records of one kind from every dataset: source, record number, identifier, registration number, normal name. */
export function planRecords(sources: readonly LinkSource[], kind: EntityKind): Relation {
  return unionAll(
    sources
      .filter((s) => s.kind === kind)
      .map((s) =>
        from(lake(s.table))
          .select({
            source: lit(s.source, 'bigint'),
            row: col(ROW),
            id: s.identifier,
            registration: s.registration ?? lit(null, 'text'),
            name: s.name,
          })
          .done(),
      ),
  )
}

/** A field's value in the form that is compared and kept as golden; null where it says nothing or does not pass its check. */
export function goldenValue(short: string, value: Expr, today: string): Expr {
  if (short === 'GMSFHM') return citizenCanonical(value, today)
  if (elementOf(short).order !== undefined) return isoDateExpr(value)
  if (short === 'XB') return sexCanonical(value)
  if (short === 'MZ') return ethnicCanonical(value)
  const { check } = elementOf(short)
  const tidied = call('trim', call('foldWidth', value))
  const normal = check ? check.normalExpr(value) : short === 'XM' || short === 'QYMC' ? normalName(value) : tidied
  const good = check ? call('isNull', check.failsExpr(normal, today)) : notNull(normal)
  const nothing = ['', '无', '不详', '未知', '/', '-', '—', 'NULL', 'N/A', '暂无']
  return when([[call('and', good, call('not', { kind: 'in', value: normal, values: nothing })), normal]])
}
