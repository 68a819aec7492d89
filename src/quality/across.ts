import type { Watch } from '../core/index.ts'
import {
  aggregate,
  call,
  col,
  countRows,
  type Expr,
  from,
  isChinese,
  type LakeTable,
  lake,
  lit,
  named,
  notNull,
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
  elementOf,
  isoDateExpr,
  organisationCanonical,
  sexCanonical,
} from '../standard/index.ts'
import type { RuleResult } from './contract.ts'

/** A dataset that takes part in the comparison across departments. */
export interface Participant {
  readonly table: LakeTable
  readonly bindings: readonly Binding[]
}
interface Fact {
  readonly kind: 'person' | 'enterprise'
  readonly element: string
  readonly sources: readonly { readonly table: LakeTable; readonly key: Expr; readonly value: Expr }[]
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
    return found && col(found.column)
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
  return found.length === 0 ? undefined : found.length === 1 ? found[0] : call('coalesce', ...found)
}

/** How a fact is compared: dates as ISO, sex as its code, names without blanks and width. */
function comparable(short: string, value: Expr): Expr {
  if (elementOf(short).order !== undefined) return isoDateExpr(value)
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
      const sources = participants.flatMap(({ table, bindings }) => {
        const key = subjectKey(kind, bindings, today)
        const column = bindings.find((b) => b.element === element && b.role === '')
        return key && column ? [{ table, key, value: comparable(element, col(column.column)) }] : []
      })
      return { kind, element, sources }
    }),
  )
}

/** 0401: for each subject in two or more datasets, do all say the same? One pair is (subject, data element). */
export function planAgreement(fact: Fact): readonly Stage[] {
  const said = fact.sources.map(({ table, key, value }, i) => {
    const read = from(lake(table))
      .select({ key, value, source: lit(i, 'bigint') })
      .done()
    return from(read, 's')
      .where(call('and', notNull(col('key')), notNull(col('value'))))
      .groupBy(col('key'), col('value'), col('source'))
      .select({ key: col('key'), value: col('value'), source: col('source') })
      .done()
  })
  const compared = from(named('said'))
    .groupBy(col('key'))
    .select({
      sources: aggregate('countDistinct', [col('source')]),
      versions: aggregate('countDistinct', [col('value')]),
    })
    .done()
  return [stage('said', unionAll(said)), stage('compared', compared)]
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
    const several = call('gt', col('sources'), lit(1))
    const [row] = await session.rows(
      [
        stage(
          'agreed',
          from(named('compared'))
            .select({
              b: countRows(several),
              failing: countRows(call('and', several, call('gt', col('versions'), lit(1)))),
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
    await session.drop(['said', 'compared'])
  }
  return results
}
