import { type DatasetProfile, isFilled, isNullToken } from '../catalogue/index.ts'
import type { Words } from '../core/index.ts'
import { and, call, col, type Expr, isPlain, lit, not, notNull, oneOf, when } from '../engine/index.ts'
import {
  type Binding,
  citizenBirth,
  citizenCanonical,
  citizenSex,
  columnOf,
  type DataElement,
  elementOf,
  isDefault,
  isoDateExpr,
  judgeExpr,
  organisationCanonical,
  repairs,
  sexCanonical,
  stepWords,
} from '../standard/index.ts'
import type { DuplicateRule, RowRule, Rule, UniqueRule } from './rule.ts'

/** The edition of the rules: raised when a rule judges the same data differently. */
export const ruleEdition = 'datong-rules-1 · GB/T 36344-2018'

interface Bound {
  readonly binding: Binding
  readonly element: DataElement
  readonly value: Expr
  /** Present, not blank, not a null token. */
  readonly filled: Expr
}

/** Derives the rules of a dataset from what its columns are bound to and how they look. */
export function deriveRules(profile: DatasetProfile, bindings: readonly Binding[], today: string): Rule[] {
  if (profile.rows === 0) return []
  const bound = bindings.map((binding): Bound => {
    const value = columnOf(binding)
    return {
      binding,
      element: elementOf(binding.element),
      value,
      filled: and(isFilled(value), not(standsForNothing(value, elementOf(binding.element)))),
    }
  })
  return [
    ...bound.flatMap((b) => cellRules(b, today)),
    ...bound.filter((b) => b.element.required && b.binding.role === '').map(requiredRule),
    ...profile.fields
      .filter((f) => f.inferred.type !== 'empty' && f.distinct > 1)
      .map((f) =>
        dirtyRule(
          f.name,
          bound.find((b) => b.binding.column === f.name),
        ),
      ),
    ...logicRules(bound, today),
    ...orderRules(bound),
    ...uniqueRules(profile, bound, today),
    ...duplicateRules(profile),
  ]
}

/** A null token of any column, or a batch default of this element. */
const standsForNothing = (value: Expr, element: DataElement | undefined): Expr =>
  element === undefined || element.placeholders.length === 0
    ? isNullToken(value)
    : call('or', isNullToken(value), isDefault(element, value))

const stepReasons: Record<string, Words> = { ...stepWords }

/** 0101 the data standard as a whole, 0302 form alone, 0105 membership in the code set. */
function cellRules(b: Bound, today: string): RowRule[] {
  const { check } = b.element
  if (check === undefined) return []
  const step = judgeExpr(check, b.value, today)
  const rules = [
    rowRule(b, '0101', 'standard', b.element.weak ? 'weak' : 'strong', step, [
      `“${b.binding.column}”应符合数据元“${b.element.name.zh}”`,
      `"${b.binding.column}" conforms to "${b.element.name.en}"`,
    ]),
  ]
  if (check.formSteps.length > 0) {
    const form = when([[oneOf(step, [...check.formSteps, ...repairs]), step]])
    rules.push(
      rowRule(b, '0302', 'format', 'weak', form, [
        `“${b.binding.column}”的格式应为 ${b.element.format}`,
        `"${b.binding.column}" has the format ${b.element.format}`,
      ]),
    )
  }
  if (b.element.codeSet !== undefined) {
    const outside = when([[oneOf(step, ['value', 'region']), step]])
    rules.push(
      rowRule(b, '0105', 'code', 'strong', outside, [
        `“${b.binding.column}”应在代码集“${b.element.codeSet}”内`,
        `"${b.binding.column}" is in the code set "${b.element.codeSet}"`,
      ]),
    )
  }
  return rules
}

function rowRule(
  b: Bound,
  indicator: string,
  what: string,
  severity: RowRule['severity'],
  reason: Expr,
  [zh, en]: readonly [string, string],
): RowRule {
  return {
    kind: 'row',
    id: `${indicator}/${what}@${b.binding.column}`,
    indicator,
    severity,
    columns: [b.binding.column],
    unit: 'cell',
    words: { zh, en },
    cites: b.binding.standard,
    applies: b.filled,
    reason,
    reasons: stepReasons,
    shows: b.binding.column,
    grade: b.binding.grade,
  }
}

function requiredRule(b: Bound): RowRule {
  const zh = `“${b.binding.column}”（${b.element.name.zh}）不应为空`
  const missing = when([[not(b.filled), lit('missing')]])
  return {
    ...rowRule(b, '0201', 'required', 'strong', missing, [
      zh,
      `"${b.binding.column}" (${b.element.name.en}) is filled`,
    ]),
    applies: lit(true),
    reasons: { missing: { zh: '为空或为“无”“不详”一类的占位值', en: 'blank, or a placeholder such as 无, N/A' } },
  }
}

/** Marks of broken encoding: the replacement character, GBK read as UTF-8 and back (锟斤拷), UTF-8 read as Latin-1; control characters. */
const mojibake =
  '[\\x{FFFD}\\x{00}-\\x{08}\\x{0B}\\x{0C}\\x{0E}-\\x{1F}\\x{7F}]|锟斤拷|烫烫烫|[ÃÂ][\\x{80}-\\x{BF}]|[äåæçèé][\\x{80}-\\x{BF}]{2}'
const blanks = '[\\s\\x{0B}\\p{Z}\\x{FEFF}]*'
const testValue = `(?i)^${blanks}(test|测试)[\\s\\S]{0,6}${blanks}$`

/** 0305: the cell is dirt, whatever it should hold. */
function dirtyRule(column: string, bound: Bound | undefined): RowRule {
  const value = bound?.value ?? col(column)
  return {
    kind: 'row',
    id: `0305/dirty@${column}`,
    indicator: '0305',
    severity: 'weak',
    columns: [column],
    unit: 'cell',
    words: {
      zh: `“${column}”不应有占位值、乱码、测试值`,
      en: `"${column}" holds no placeholders, broken characters or test values`,
    },
    cites: 'GB/T 36344-2018',
    applies: isFilled(value),
    reason: when([
      [standsForNothing(value, bound?.element), lit('placeholder')],
      [when([[isPlain(value), lit(false)]], call('finds', value, mojibake)), lit('mojibake')],
      [call('finds', value, testValue), lit('test')],
    ]),
    reasons: {
      placeholder: { zh: '占位值', en: 'a placeholder' },
      mojibake: { zh: '乱码或控制字符', en: 'broken or control characters' },
      test: { zh: '测试值', en: 'a test value' },
    },
    shows: column,
    grade: bound?.binding.grade ?? 'L2',
  }
}

/** 0402 within a record: what a number says of birth, sex or organisation must agree with its neighbours. */
function logicRules(bound: readonly Bound[], today: string): RowRule[] {
  const own = (short: string): Bound | undefined =>
    bound.find((b) => b.element.short === short && b.binding.role === '')
  const id = own('GMSFHM')
  const rules: RowRule[] = []
  const number = id && citizenCanonical(id.value, today)
  const birth = own('CSRQ')
  if (id && number && birth)
    rules.push(agreeRule(id, birth, citizenBirth(number), isoDateExpr(birth.value), ['出生日期', 'the date of birth']))
  const sex = own('XB')
  if (id && number && sex)
    rules.push(agreeRule(id, sex, citizenSex(number), sexCanonical(sex.value), ['性别', 'the sex']))
  const uscc = own('TYSHXYDM')
  const org = own('ZZJGDM')
  if (uscc && org)
    rules.push(
      agreeRule(
        uscc,
        org,
        organisationCanonical('uscc', uscc.value, today),
        organisationCanonical('org', org.value, today),
        ['组织机构代码', 'the organisation code'],
      ),
    )
  return rules
}

function agreeRule(
  holder: Bound,
  other: Bound,
  said: Expr,
  written: Expr,
  [zh, en]: readonly [string, string],
): RowRule {
  return {
    kind: 'row',
    id: `0402/agree@${holder.binding.column}+${other.binding.column}`,
    indicator: '0402',
    severity: 'strong',
    columns: [holder.binding.column, other.binding.column],
    unit: 'row',
    words: {
      zh: `“${other.binding.column}”应与“${holder.binding.column}”所含的${zh}一致`,
      en: `"${other.binding.column}" agrees with ${en} inside "${holder.binding.column}"`,
    },
    cites: holder.binding.standard,
    applies: and(other.filled, notNull(said), notNull(written)),
    reason: when([[call('ne', said, written), lit('differs')]]),
    reasons: {
      differs: {
        zh: `与“${holder.binding.column}”所含的${zh}不一致`,
        en: `differs from ${en} inside "${holder.binding.column}"`,
      },
    },
    shows: other.binding.column,
    grade: other.binding.grade,
  }
}

/** 0503: born ≤ founded ≤ registered ≤ changed ≤ cancelled. A record is in order when no date is later than one that should follow. */
function orderRules(bound: readonly Bound[]): RowRule[] {
  const dated = bound
    .filter((b) => b.element.order !== undefined && b.binding.role === '')
    .sort((a, b) => a.element.order! - b.element.order!)
  const pairs = dated.flatMap((later, i) => dated.slice(0, i).map((earlier) => [earlier, later] as const))
  const steps = pairs.filter(([earlier, later]) => earlier.element.order! < later.element.order!)
  if (steps.length === 0) return []
  const columns = dated.map((b) => b.binding.column)
  const names = columns.map((c) => `“${c}”`).join('')
  const day = (b: Bound): Expr => when([[b.filled, isoDateExpr(b.value)]])
  const both = steps.map(([a, b]) => and(notNull(day(a)), notNull(day(b))))
  const last = dated.at(-1)!
  return [
    {
      kind: 'row',
      id: `0503/order@${columns.join('+')}`,
      indicator: '0503',
      severity: 'strong',
      columns,
      unit: 'row',
      words: {
        zh: `${names}应依次不晚于后者`,
        en: `${columns.map((c) => `"${c}"`).join(', ')} stand in this order in time`,
      },
      cites: 'GB/T 36344-2018',
      applies: both.length === 1 ? both[0]! : call('or', ...both),
      reason: when(steps.map(([a, b], i) => [call('gt', day(a), day(b)), lit(`order${i}`)] as const)),
      reasons: Object.fromEntries(
        steps.map(([a, b], i) => [
          `order${i}`,
          {
            zh: `“${b.binding.column}”早于“${a.binding.column}”`,
            en: `"${b.binding.column}" is earlier than "${a.binding.column}"`,
          },
        ]),
      ),
      shows: last.binding.column,
      grade: last.binding.grade,
    },
  ]
}

/** A strong identifier that names at least this share of the records apart should name all of them apart. */
const nearlyUnique = 0.8

/** 0304 on strong identifiers of registers, where almost every record has its own. */
function uniqueRules(profile: DatasetProfile, bound: readonly Bound[], today: string): UniqueRule[] {
  const strong = bound.filter(
    (b) => b.binding.role === '' && ['GMSFHM', 'TYSHXYDM', 'BDCDYH', 'HPHM'].includes(b.element.short),
  )
  return strong
    .filter((b) => {
      const field = profile.fields.find((f) => f.name === b.binding.column)
      return field !== undefined && field.filled > 0 && field.distinct / field.filled >= nearlyUnique
    })
    .map((b) => ({
      kind: 'unique',
      id: `0304/unique@${b.binding.column}`,
      indicator: '0304',
      severity: 'weak',
      columns: [b.binding.column],
      unit: 'row',
      words: { zh: `每个“${b.binding.column}”只应出现一次`, en: `each "${b.binding.column}" occurs once` },
      cites: 'GB/T 36344-2018',
      key:
        b.element.short === 'GMSFHM'
          ? citizenCanonical(b.value, today)
          : when([[b.filled, b.element.check!.normalExpr(b.value)]]),
      shows: b.binding.column,
      grade: b.binding.grade,
    }))
}

/** 0303. A column that fills every record with a value of its own rules copies out: A is 0 without a search. */
function duplicateRules(profile: DatasetProfile): DuplicateRule[] {
  const fields = [...profile.fields].sort((a, b) => b.distinct - a.distinct)
  return [
    {
      kind: 'duplicate',
      id: '0303/copies',
      indicator: '0303',
      severity: 'weak',
      columns: profile.fields.map((f) => f.name),
      unit: 'row',
      words: { zh: '不应有完全相同的记录', en: 'no two records are the same in every column' },
      cites: 'GB/T 36344-2018',
      pivot: fields[0]!.name,
    },
  ]
}
