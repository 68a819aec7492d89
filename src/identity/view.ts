import { fault, mask, type Watch } from '../core/index.ts'
import {
  ascending,
  and,
  call,
  col,
  descending,
  eq,
  type Expr,
  from,
  lake,
  lit,
  oneOf,
  parquet,
  ROW,
  type Session,
  stage,
} from '../engine/index.ts'
import { elementOf } from '../standard/index.ts'
import type { EntityKind, EntityView } from './contract.ts'
import { goldenFields, type LinkSource, steadyFields } from './plan.ts'

/** Where a run left its results: Parquet files with the rows of `planCrossref` and `planGolden`. */
export interface ResultFiles {
  readonly crossref: string
  readonly golden: (kind: EntityKind) => string
}

const sensitive = (grade: string): boolean => grade === 'L3' || grade === 'L4'

/** Lists entities, those of most departments first. `q` finds a name or a number by its beginning; names of people are masked. */
export async function listEntities(
  session: Session,
  files: ResultFiles,
  sources: readonly LinkSource[],
  kind: EntityKind,
  query: { q?: string; offset: number; limit: number },
  watch: Watch = {},
) {
  const known = knownFields(sources, kind)
  const [name, number] = (kind === 'person' ? ['XM', 'GMSFHM'] : ['QYMC', 'TYSHXYDM']).map((short) =>
    known.includes(short) ? col(short.toLowerCase()) : lit(null, 'text'),
  ) as [Expr, Expr]
  const all = from(parquet([files.golden(kind)]), 'g')
  const wanted = query.q === undefined ? undefined : query.q.trim()
  const found: Expr | undefined = wanted
    ? call(
        'or',
        call('contains', name, wanted),
        eq(number, lit(wanted.toUpperCase())),
        eq(col('entity_id'), lit(wanted.toUpperCase())),
      )
    : undefined
  const several = known.filter((s) => steadyFields[kind].includes(s)).map((s) => `${s.toLowerCase()}_versions`)
  const listed = (found ? all.where(found) : all)
    .select([
      ...['entity_id', 'records', 'departments', ...several].map((c) => [c, col(c)] as const),
      ['name', name] as const,
    ])
    .orderBy(descending(col('departments')), descending(col('records')), ascending(col('entity_id')))
    .limit(query.offset + query.limit)
    .done()
  const rows = await session.rows([stage('entities', listed)], watch)
  return rows.slice(query.offset).map((r) => ({
    kind,
    id: String(r['entity_id']),
    title: kind === 'person' ? mask(String(r['name'] ?? '')) : String(r['name'] ?? ''),
    records: Number(r['records']),
    departments: Number(r['departments']),
    contradictions: several.filter((c) => Number(r[c] ?? 0) > 1).length,
  }))
}

/** Fields that at least one dataset speaks of: the golden files hold these and no others. */
function knownFields(sources: readonly LinkSource[], kind: EntityKind): string[] {
  const own = sources.filter((s) => s.kind === kind)
  return goldenFields[kind].filter((short) => own.some((s) => s.columns.has(short)))
}

/** One entity with its versions side by side. Sensitive values are masked. Throws `identity.no-entity`. */
export async function viewEntity(
  session: Session,
  files: ResultFiles,
  sources: readonly LinkSource[],
  kind: EntityKind,
  id: string,
  watch: Watch = {},
): Promise<EntityView> {
  const records = await session.rows(
    [
      stage(
        'records',
        from(parquet([files.crossref]))
          .where(and(eq(col('kind'), lit(kind)), eq(col('entity_id'), lit(id))))
          .select(['department', 'dataset', 'record_key', 'row', 'role'].map((c) => [c, col(c)] as const))
          .orderBy(ascending(col('department')), ascending(col('dataset')), ascending(col('row')))
          .limit(500)
          .done(),
      ),
    ],
    watch,
  )
  if (records.length === 0) throw fault('identity.no-entity', { id })
  const [golden] = await session.rows(
    [
      stage(
        'golden',
        from(parquet([files.golden(kind)]))
          .where(eq(col('entity_id'), lit(id)))
          .done(),
      ),
    ],
    watch,
  )
  const said = await valuesOf(session, sources, kind, records, watch)
  const fields = goldenFields[kind]
    .filter((short) => said.some((s) => s.short === short))
    .map((short) =>
      fieldView(
        kind,
        short,
        said.filter((s) => s.short === short),
        golden ?? {},
      ),
    )
  const title = String(golden?.[kind === 'person' ? 'xm' : 'qymc'] ?? id)
  return {
    kind,
    id,
    title: kind === 'person' ? mask(title) : title,
    records: records.map((r) => ({
      department: String(r['department']),
      dataset: String(r['dataset']),
      record: String(r['record_key']),
      row: Number(r['row']),
    })),
    fields,
  }
}

interface Said {
  readonly short: string
  readonly value: string
  readonly grade: string
  readonly source: { readonly department: string; readonly dataset: string; readonly record: string }
}

async function valuesOf(
  session: Session,
  sources: readonly LinkSource[],
  kind: EntityKind,
  records: readonly Readonly<Record<string, unknown>>[],
  watch: Watch,
): Promise<Said[]> {
  const said: Said[] = []
  for (const s of sources.filter((s) => s.kind === kind)) {
    const own = records.filter(
      (r) => r['department'] === s.table.department && r['dataset'] === s.table.dataset && r['role'] === s.role,
    )
    const columns = goldenFields[kind]
      .map((short) => [short, s.columns.get(short)?.column] as const)
      .filter((c): c is readonly [string, string] => c[1] !== undefined)
    if (own.length === 0 || columns.length === 0) continue
    const read = from(lake(s.table))
      .where(
        oneOf(
          col(ROW),
          own.map((r) => Number(r['row'])),
        ),
      )
      .select([['#', col(ROW)], ...columns.map(([short, column]) => [short, col(column)] as const)])
      .orderBy(ascending(col('#')))
      .done()
    for (const row of await session.rows([stage('values', read)], watch))
      for (const [short] of columns) {
        const value = row[short]
        const record = String(own.find((r) => Number(r['row']) === Number(row['#']))?.['record_key'] ?? '')
        const grade = s.columns.get(short)?.grade ?? 'L2'
        if (typeof value === 'string' && value.trim() !== '')
          said.push({
            short,
            value,
            grade,
            source: { department: s.table.department, dataset: s.table.dataset, record },
          })
      }
  }
  return said
}

function fieldView(
  kind: EntityKind,
  short: string,
  said: readonly Said[],
  golden: Readonly<Record<string, unknown>>,
): EntityView['fields'][number] {
  const element = elementOf(short)
  const open = (value: string): string =>
    sensitive(element.grade) || said.some((s) => sensitive(s.grade)) ? mask(value) : value
  const byValue = new Map<string, Said[]>()
  for (const s of said) byValue.set(s.value, [...(byValue.get(s.value) ?? []), s])
  const winner = golden[short.toLowerCase()]
  const source = String(golden[`${short.toLowerCase()}_source`] ?? '')
  return {
    field: short,
    name: element.name,
    golden: typeof winner === 'string' ? open(winner) : null,
    variants: Number(golden[`${short.toLowerCase()}_versions`] ?? 0),
    steady: steadyFields[kind].includes(short),
    why: { zh: `多数部门如此，来源：${source}`, en: `what most departments say; from ${source}` },
    versions: [...byValue]
      .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
      .map(([value, from]) => ({ value: open(value), sources: from.map((s) => s.source) })),
  }
}
