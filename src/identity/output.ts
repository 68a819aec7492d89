import {
  ascending,
  call,
  cast,
  col,
  eq,
  type Expr,
  from,
  lake,
  lit,
  named,
  type Relation,
  ROW,
  unionAll,
} from '../engine/index.ts'
import type { EntityKind } from './contract.ts'
import { goldenFields, type LinkSource } from './plan.ts'
import { entityName, table } from './entity.ts'

/** How a record is called outside: the value of its key column, else `#` and its number in the file. */
function recordKey(s: LinkSource): Expr {
  const number = call('concat', '#', cast(col('row', 'm'), 'text'))
  return s.keyColumn === undefined ? number : call('coalesce', col(s.keyColumn, 'l'), number)
}

/** 来源对照: `crossrefColumns`, row and role; ordered, so that the same input gives the same bytes. */
export function planCrossref(sources: readonly LinkSource[], kind: EntityKind): Relation {
  const parts = sources
    .filter((s) => s.kind === kind)
    .map((s) => {
      const members = from(named(table(kind, 'members')), 'm')
      const joined =
        s.keyColumn === undefined
          ? members
          : members.join('inner', lake(s.table), 'l', eq(col('row', 'm'), col(ROW, 'l')))
      return joined
        .where(eq(col('source', 'm'), lit(s.source)))
        .select({
          kind: lit(kind),
          entity_id: entityName(kind, col('entity', 'm')),
          department: lit(s.table.department),
          dataset: lit(s.table.dataset),
          record_key: recordKey(s),
          row: col('row', 'm'),
          role: lit(s.role),
        })
        .done()
    })
  return from(unionAll(parts), 'x')
    .select([...crossrefColumns, 'row', 'role'].map((c) => [c, col(c)] as const))
    .orderBy(...['entity_id', 'department', 'dataset', 'row', 'role'].map((c) => ascending(col(c))))
    .done()
}

/** Names of golden columns as people know them: pinyin initials, the element's short name, in lower case. */
const columnName = (short: string): string => short.toLowerCase()

/** 主数据: one row per entity; each field with the department it comes from and how many versions there are. */
export function planGolden(sources: readonly LinkSource[], kind: EntityKind): Relation {
  const shorts = goldenFields[kind].filter((short) => sources.some((s) => s.kind === kind && s.columns.has(short)))
  const columns = shorts.flatMap((short) => [
    [columnName(short), col(short)] as const,
    [`${columnName(short)}_source`, col(`${short}_source`)] as const,
    [`${columnName(short)}_versions`, col(`${short}_versions`)] as const,
  ])
  return from(named(table(kind, 'golden')))
    .select([
      ['entity_id', entityName(kind, col('entity'))],
      ['records', col('records')],
      ['departments', col('departments')],
      ...columns,
    ])
    .orderBy(ascending(col('entity')))
    .done()
}

/** The same with every text cell made harmless for spreadsheets. `texts` names the columns that hold text. */
export function safeForSpreadsheets(
  relation: Relation,
  columns: readonly string[],
  texts: ReadonlySet<string>,
): Relation {
  return from(relation, 's')
    .select(columns.map((c) => [c, texts.has(c) ? call('safeCell', col(c)) : col(c)] as const))
    .done()
}

/** What users get as `crossref.csv` and `.parquet`; the data directory also keeps the record's number and its role. */
export const crossrefColumns = ['kind', 'entity_id', 'department', 'dataset', 'record_key'] as const
export function goldenColumns(sources: readonly LinkSource[], kind: EntityKind): { all: string[]; texts: Set<string> } {
  const shorts = goldenFields[kind].filter((short) => sources.some((s) => s.kind === kind && s.columns.has(short)))
  const all = [
    'entity_id',
    'records',
    'departments',
    ...shorts.flatMap((s) => [columnName(s), `${columnName(s)}_source`, `${columnName(s)}_versions`]),
  ]
  return { all, texts: new Set(['entity_id', ...shorts.flatMap((s) => [columnName(s), `${columnName(s)}_source`])]) }
}
