import type { DatasetProfile } from '../catalogue/index.ts'
import {
  type Computed,
  call,
  col,
  type Expr,
  from,
  isChinese,
  type LakeTable,
  lit,
  notNull,
  reading,
  remembered,
  ROW,
  type Relation,
  tidied,
  unionAll,
  when,
} from '../engine/index.ts'
import {
  type Binding,
  citizenBirth,
  citizenCanonical,
  citizenSex,
  columnOf,
  elementOf,
  isDefault,
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

/**
 * A place where records speak of entities: a dataset's subject, or somebody in a role (男方, 法定代表人). Where a record's
 * identifiers, name and key stand. `source` numbers these places in the order of datasets.
 */
export interface LinkSource {
  readonly source: number
  readonly kind: EntityKind
  /** Empty: the record's own subject. */
  readonly role: string
  readonly table: LakeTable
  /** Columns that speak of this entity, by the short name of their data element. */
  readonly columns: ReadonlyMap<string, Bound>
  /** Valid strong identifier in the form that is joined on; null otherwise. */
  readonly identifier: Expr
  /** 注册号, which other records tie to an organisation code. */
  readonly registration: Expr | undefined
  readonly name: Expr
  /** A column that names the record within its dataset and is not sensitive. */
  readonly keyColumn: string | undefined
  readonly distinctIds: number
  /** Golden fields in the form that is compared and kept, by short name. */
  readonly golden: ReadonlyMap<string, Expr>
  /** What the scan for rules has computed of the dataset already. */
  readonly computed?: Computed | undefined
}
interface Bound {
  readonly column: string
  readonly grade: string
  readonly value: Expr
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

/** Data elements that identify, the strongest first. */
const identifiers: Readonly<Record<EntityKind, readonly string[]>> = {
  person: ['GMSFHM'],
  enterprise: ['TYSHXYDM', 'ZZJGDM', 'NSRSBH', 'ZCH'],
}
const nameOf: Readonly<Record<EntityKind, string>> = { person: 'XM', enterprise: 'QYMC' }
/** A dataset speaks of fewer roles than this. */
const mostRoles = 64

/** Finds which datasets speak of people and of enterprises, and in which roles. A record may speak of several. */
export function planSources(inputs: readonly LinkInput[], today: string): LinkSource[] {
  return inputs.flatMap((input, dataset) =>
    (['person', 'enterprise'] as const).flatMap((kind) => {
      const roles = rolesOf(input.bindings, kind)
      return roles.map((role, i) => sourceOf(input, dataset * mostRoles + i, kind, role, roles.length === 1, today))
    }),
  )
}

function rolesOf(bindings: readonly Binding[], kind: EntityKind): string[] {
  const roles = bindings.filter((b) => identifiers[kind].includes(b.element)).map((b) => b.role)
  return [...new Set(roles)].sort().slice(0, mostRoles)
}

/** What the columns say of one role. Where a dataset has numbers of one role only, a name without a role, or the only name, is that one's. */
function columnsOf(bindings: readonly Binding[], kind: EntityKind, role: string, alone: boolean) {
  const columns = new Map<string, Bound>()
  const bound = (binding: Binding): Bound => ({
    column: binding.column,
    grade: binding.grade,
    value: columnOf(binding),
  })
  for (const binding of bindings)
    if (binding.role === role && !columns.has(binding.element)) columns.set(binding.element, bound(binding))
  const names = alone ? bindings.filter((b) => b.element === nameOf[kind]) : []
  const name = names.find((b) => b.role === '') ?? (names.length === 1 ? names[0] : undefined)
  if (name && !columns.has(nameOf[kind])) columns.set(nameOf[kind], bound(name))
  return columns
}

function sourceOf(
  { table, bindings, profile }: LinkInput,
  source: number,
  kind: EntityKind,
  role: string,
  alone: boolean,
  today: string,
): LinkSource {
  const columns = columnsOf(bindings, kind, role, alone)
  const column = (short: string): Expr | undefined => columns.get(short)?.value
  const registration = kind === 'enterprise' ? column('ZCH') : undefined
  const name = column(nameOf[kind])
  const sensitive = new Set(bindings.filter((b) => b.grade === 'L3' || b.grade === 'L4').map((b) => b.column))
  const idColumn = columns.get(identifiers[kind][0]!)?.column
  return {
    source,
    kind,
    role,
    table,
    columns,
    identifier:
      (kind === 'person' ? personNumber(column, today) : organisationNumber(column, today)) ?? lit(null, 'text'),
    registration:
      registration && when([[call('matches', call('trim', registration), '\\d{15}'), call('trim', registration)]]),
    name: name === undefined ? lit(null, 'text') : normalName(name),
    keyColumn: profile.keys.find((k) => !sensitive.has(k) && namesRecords(profile, k)),
    distinctIds: profile.fields.find((f) => f.name === idColumn)?.distinct ?? 0,
    golden: new Map(
      goldenFields[kind].flatMap((short) => {
        const value = column(short)
        return value === undefined ? [] : [[short, goldenValue(short, value, today)] as const]
      }),
    ),
  }
}

/** What resolving reads of a dataset: worth computing in the scan for its rules. */
export function linkedValues({ identifier, registration, name, golden }: LinkSource): Expr[] {
  const all = [identifier, ...(registration ? [registration] : []), name, ...golden.values()]
  return all.filter((e) => e.kind !== 'literal')
}

/** Dates, amounts and measures may differ in every record and still name none of them. */
function namesRecords(profile: DatasetProfile, column: string): boolean {
  const type = profile.fields.find((f) => f.name === column)?.inferred.type
  return type === 'text' || type === 'integer'
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
export const normalName: (value: Expr) => Expr = remembered((value) => {
  const folded = call('upper', call('foldWidth', value))
  const bare = call('replacePattern', call('translate', folded, '〔〕【】[]', '()()()'), '[\\s·•・.]', '')
  const name = when([[isChinese(value), value]], bare)
  return when([[call('not', { kind: 'in', value: name, values: noNames }), name]])
})

/** A person's name as it should be written: without blanks, the dot between its parts as `·`. */
const writtenName: (value: Expr) => Expr = remembered((value) => {
  const folded = call('foldWidth', value)
  const dotted = call('replacePattern', call('replacePattern', folded, '\\s', ''), '[•・.]', '·')
  const name = when([[isChinese(value), value]], dotted)
  return when([[call('not', { kind: 'in', value: call('upper', name), values: noNames }), name]])
})

/** 1 where a record's own birth or sex is not what its number says: it may speak of somebody else. */
const doubt = when(
  [
    [call('ne', col('birth'), citizenBirth(col('id'))), lit(1, 'bigint')],
    [call('ne', col('sex'), citizenSex(col('id'))), lit(1, 'bigint')],
  ],
  lit(0, 'bigint'),
)

/** Records of one kind from every dataset: source, record number, identifier, registration number, normal name, doubt. */
export function planRecords(sources: readonly LinkSource[], kind: EntityKind): Relation {
  return unionAll(
    sources
      .filter((s) => s.kind === kind)
      .map((s) => {
        const wanted = [
          ['id', s.identifier],
          ['registration', s.registration ?? lit(null, 'text')],
          ['name', s.name],
          ['birth', s.golden.get('CSRQ') ?? lit(null, 'text')],
          ['sex', s.golden.get('XB') ?? lit(null, 'text')],
        ] as const
        return from(reading(s.table, wanted, s.computed).done(), 'r')
          .select({
            source: lit(s.source, 'bigint'),
            row: col(ROW),
            id: col('id'),
            registration: col('registration'),
            name: col('name'),
            doubt: kind === 'person' ? doubt : lit(0, 'bigint'),
          })
          .done()
      }),
  )
}

/** A field's value in the form that is compared and kept as golden; null where it says nothing or does not pass its check. */
export function goldenValue(short: string, value: Expr, today: string): Expr {
  if (short === 'GMSFHM') return citizenCanonical(value, today)
  const element = elementOf(short)
  if (element.order !== undefined) return when([[call('not', isDefault(element, value)), isoDateExpr(value)]])
  if (short === 'XB') return sexCanonical(value)
  if (short === 'MZ') return ethnicCanonical(value)
  const { check } = element
  const normal = check
    ? check.normalExpr(value)
    : short === 'XM'
      ? writtenName(value)
      : short === 'QYMC'
        ? normalName(value)
        : tidied(value)
  const given = call('not', isDefault(element, value))
  const good = check ? call('isNull', check.failsExpr(normal, today)) : notNull(normal)
  const nothing = ['', '无', '不详', '未知', '/', '-', '—', 'NULL', 'N/A', '暂无']
  return when([[call('and', given, good, call('not', { kind: 'in', value: normal, values: nothing })), normal]])
}
