import { tidy, type Words } from '../core/index.ts'
import { call, type Expr, lit, tidied, when } from '../engine/index.ts'

/** Where a value failed, in the order the steps are tried: structure → check digit → components; then how one that passes was repaired. */
export type Step =
  | 'structure'
  | 'check'
  | 'date'
  | 'future'
  | 'region'
  | 'region-ended'
  | 'registrar'
  | 'orgcode'
  | 'value'
  | Repair
/** What had to be put right before a value passed: width and blanks; letter case; marks such as hyphens and +86. */
export type Repair = 'tidy' | 'case' | 'marks'
export const repairs: readonly Repair[] = ['tidy', 'case', 'marks']

/** What a check says of a value: the step that failed, or the repair without which it would have; and the value put right. */
export interface Verdict {
  readonly step: Step | undefined
  readonly normal: string
  /** The value is not as it should be written, whether or not it passes. */
  readonly repaired: boolean
}

/** A check on two roads that must agree: plain TypeScript, and a plan expression for engines. */
export interface Check {
  /** The value as it should be written, before it is judged. */
  normal(value: string): string
  normalExpr(value: Expr): Expr
  /** The step at which a normal value fails; undefined when it passes. `today` is YYYY-MM-DD. */
  fails(normal: string, today: string): Step | undefined
  /** The same as a text expression: the step, or null when the value passes. */
  failsExpr(normal: Expr, today: string): Expr
  /** Steps that concern form alone; the rest concerns content. */
  readonly formSteps: readonly Step[]
}

/** Judges one value: undefined step when it conforms as written. */
export function judge(check: Check, value: string, today: string): Verdict {
  const normal = check.normal(value)
  return { normal, step: check.fails(normal, today) ?? repairOf(value, normal), repaired: normal !== value }
}

function repairOf(value: string, normal: string): Repair | undefined {
  if (normal === value) return undefined
  if (tidy(value) !== value) return 'tidy'
  return normal === value.toUpperCase() ? 'case' : 'marks'
}

/** The same as a plan: the failing step or the repair as text, null where the value conforms as written. */
export function judgeExpr(check: Check, value: Expr, today: string): Expr {
  const normal = check.normalExpr(value)
  const repair = when(
    [
      [call('ne', tidied(value), value), lit('tidy')],
      [call('eq', normal, call('upper', value)), lit('case')],
    ],
    lit('marks'),
  )
  return call('coalesce', check.failsExpr(normal, today), when([[call('ne', normal, value), repair]]))
}

export const stepWords: Readonly<Record<Step, Words>> = {
  structure: { zh: '结构不符（长度或字符）', en: 'wrong structure (length or characters)' },
  check: { zh: '校验码不符', en: 'the check character does not fit' },
  date: { zh: '日期不存在', en: 'no such date' },
  future: { zh: '日期在未来', en: 'a date in the future' },
  region: { zh: '行政区划代码从未存在', en: 'a region code that never existed' },
  registrar: { zh: '登记管理部门或机构类别代码不存在', en: 'no such registrar or category' },
  orgcode: { zh: '其中的组织机构代码校验码不符', en: "the embedded organisation code's check does not fit" },
  value: { zh: '不在代码集内', en: 'not in the code set' },
  'region-ended': { zh: '行政区划代码在出生之前已停用', en: 'the region code had ended before the birth' },
  tidy: { zh: '全角字符或空格，规整后相符', en: 'full width or blanks; fits once put right' },
  case: { zh: '小写字母，改为大写后相符', en: 'lower case; fits in upper case' },
  marks: { zh: '含分隔符或前缀，去除后相符', en: 'separators or a prefix; fits without them' },
}
