import type { Words } from '../core/index.ts'
import type { Expr } from '../engine/index.ts'

/** Where a value failed, in the order the steps are tried: fold and trim → case → structure → check digit → components. */
export type Step = 'structure' | 'check' | 'date' | 'future' | 'region' | 'registrar' | 'orgcode' | 'value' | 'tidy'

/** What a check says of a value. `tidy` means: good, but only after width, blanks or case were put right. */
export interface Verdict {
  readonly step: Step | undefined
  readonly normal: string
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
  return { normal, step: check.fails(normal, today) ?? (normal === value ? undefined : 'tidy') }
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
  tidy: { zh: '全角、空格或小写，规整后相符', en: 'full width, blanks or lower case; fits once put right' },
}
