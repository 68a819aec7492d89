import type { Watch } from '../core/index.ts'
import {
  aggregate,
  call,
  type Computed,
  col,
  countRows,
  type Expr,
  from,
  isChinese,
  type LakeTable,
  lit,
  named,
  notNull,
  reading,
  remembered,
  type Session,
  type Stage,
  stage,
  unionAll,
  when,
} from '../engine/index.ts'
import {
  type Binding,
  citizenCanonical,
  columnOf,
  elementOf,
  isDefault,
  isoDateExpr,
  organisationCanonical,
  sexCanonical,
} from '../standard/index.ts'
import type { RuleResult } from './contract.ts'

/** A dataset that takes part in the comparison across departments. */
export interface Participant {
  readonly table: LakeTable
  readonly bindings: readonly Binding[]
  /** What the scan for rules has computed of it already. */
  readonly computed?: Computed | undefined
}
interface Fact {
  readonly kind: 'person' | 'enterprise'
  readonly element: string
  readonly sources: readonly {
    readonly table: LakeTable
    readonly computed?: Computed | undefined
    readonly key: Expr
    readonly value: Expr
  }[]
}

const facts = [
  ['person', ['XM', 'XB', 'CSRQ']],
  ['enterprise', ['QYMC', 'FDDBR', 'CLRQ']],
] as const

/** The number that says which person or enterprise a record speaks of; undefined when the dataset has none. */
export function subjectKey(
  kind: 'person' | 'enterprise',
  bindings: readonly Binding[],
  today: string,
): Expr | undefined {
  const own = (short: string): Expr | undefined => {
    const found = bindings.find((b) => b.element === short && b.role === '')
    return found && columnOf(found)
  }
  if (kind === 'person') {
    const id = own('GMSFHM')
    return id && citizenCanonical(id, today)
  }
  const codes = [
    ['uscc', own('TYSHXYDM')],
    ['org', own('ZZJGDM')],
    ['tax', own('NSRSBH')],
  ] as const
  const found = codes
    .filter(([, value]) => value !== undefined)
    .map(([sort, value]) => organisationCanonical(sort, value!, today))
  return found.length === 0 ? undefined : found.slice(1).reduce((a, b) => either(a, b), found[0]!)
}
function either(a: Expr, b: Expr): Expr {
  const known = eithers.get(a)?.get(b) ?? call('coalesce', a, b)
  eithers.set(a, (eithers.get(a) ?? new WeakMap<Expr, Expr>()).set(b, known))
  return known
}
const eithers = new WeakMap<Expr, WeakMap<Expr, Expr>>()

/** How a fact is compared: dates as ISO, sex as its code, names without blanks and width. */
function comparable(short: string, value: Expr): Expr {
  const element = elementOf(short)
  if (element.order !== undefined) return when([[call('not', isDefault(element, value)), isoDateExpr(value)]])
  return short === 'XB' ? sexCanonical(value) : comparableName(value)
}
const comparableName = remembered((value) =>
  when(
    [[isChinese(value), value]],
    call('nullIf', call('replacePattern', call('foldWidth', value), '[\\s·]', ''), lit('')),
  ),
)

function factsOf(participants: readonly Participant[], today: string): Fact[] {
  return facts.flatMap(([kind, shorts]) =>
    shorts.map((element): Fact => {
      const sources = participants.flatMap(({ table, computed, bindings }) => {
        const key = subjectKey(kind, bindings, today)
        const column = bindings.find((b) => b.element === element && b.role === '')
        return key && column ? [{ table, computed, key, value: comparable(element, columnOf(column)) }] : []
      })
      return { kind, element, sources }
    }),
  )
}

/** 0401: for each subject in two or more datasets, do all say the same? One pair is (subject, data element). */
export function planAgreement(fact: Fact): readonly Stage[] {
  const said = fact.sources.map(({ table, computed, key, value }, i) => {
    const wanted = [
      ['key', key],
      ['value', value],
      ['source', lit(i, 'bigint')],
    ] as const
    return from(reading(table, wanted, computed).done(), 's')
      .where(call('and', notNull(col('key')), notNull(col('value'))))
      .select({ key: col('key'), value: col('value'), source: col('source') })
      .done()
  })
  const differ = (what: string): Expr => call('ne', aggregate('min', [col(what)]), aggregate('max', [col(what)]))
  const compared = from(unionAll(said), 'a')
    .groupBy(col('key'))
    .select({ several: differ('source'), differing: differ('value') })
    .done()
  return [stage('compared', compared)]
}

/** What {@link checkAcross} reads of a dataset: worth computing in the scan for its rules. */
export function comparedValues(bindings: readonly Binding[], today: string): Expr[] {
  return facts.flatMap(([kind, shorts]) => {
    const key = subjectKey(kind, bindings, today)
    const columns = bindings.filter((b) => b.role === '' && (shorts as readonly string[]).includes(b.element))
    return key && columns.length > 0 ? [key, ...columns.map((b) => comparable(b.element, columnOf(b)))] : []
  })
}

/** Compares the same fact across datasets, by 姓名, 性别, 出生日期 of people and 名称, 法定代表人, 成立日期 of enterprises. */
export async function checkAcross(
  session: Session,
  participants: readonly Participant[],
  today: string,
  watch: Watch = {},
): Promise<RuleResult[]> {
  const results: RuleResult[] = []
  const shared = factsOf(participants, today).filter((f) => new Set(f.sources.map((s) => s.table.department)).size > 1)
  for (const [i, fact] of shared.entries()) {
    const { zh, en } = elementOf(fact.element).name
    watch.progress?.({ stage: 'across', item: zh, done: i, total: shared.length })
    await session.keep(planAgreement(fact), watch.signal ? { signal: watch.signal } : {})
    const [row] = await session.rows(
      [
        stage(
          'agreed',
          from(named('compared'))
            .select({
              b: countRows(col('several')),
              failing: countRows(call('and', col('several'), col('differing'))),
            })
            .done(),
        ),
      ],
      watch,
    )
    const [b, failing] = [Number(row!['b']), Number(row!['failing'])]
    results.push({
      id: `0401/same@${fact.kind}/${fact.element}`,
      indicator: '0401',
      severity: 'strong',
      department: '',
      dataset: '',
      columns: [],
      unit: 'pair',
      words: {
        zh: `同一${fact.kind === 'person' ? '人' : '企业'}的“${zh}”在各部门应一致`,
        en: `departments agree on the ${en} of the same ${fact.kind}`,
      },
      cites: 'GB/T 36344-2018',
      a: b - failing,
      b,
      failing,
    })
    await session.drop(['compared'])
  }
  return results
}
