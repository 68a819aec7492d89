import { tidy } from '../../core/index.ts'
import type { Expr } from '../../engine/index.ts'
import type { Check } from '../check.ts'
import { codeSet, lazily, regionPattern, regionsEver } from '../codes.ts'
import {
  call,
  firstFailing,
  matches,
  not,
  oneOf,
  patternCheck,
  part,
  remembered,
  tidied,
  upperNormal,
  lit,
  when,
} from './number.ts'

/** A value of a code set; names are accepted as well as codes only where `orNames` says so. */
export function codeCheck(id: string, structure: RegExp): Check {
  const codes = lazily(() => [...codeSet(id).codes.keys()])
  return {
    ...upperNormal,
    formSteps: ['structure'],
    fails: (value) =>
      !new RegExp(`^(?:${structure.source})$`).test(value)
        ? 'structure'
        : codes().includes(value)
          ? undefined
          : 'value',
    failsExpr: (value) =>
      firstFailing([
        [not(matches(value, structure)), 'structure'],
        [not(oneOf(value, codes())), 'value'],
      ]),
  }
}

/** Sex as departments write it: the code of GB/T 2261.1 or its word. */
export const sexCheck: Check = {
  normal: tidy,
  normalExpr: tidied,
  formSteps: [],
  fails: (value) => (sexValues.includes(value) ? undefined : 'value'),
  failsExpr: (value) => firstFailing([[not(oneOf(value, sexValues)), 'value']]),
}
const sexValues = ['0', '1', '2', '9', '男', '女', '男性', '女性', '未知的性别', '未说明的性别']
export const sexCanonical: (value: Expr) => Expr = remembered((value) => {
  const text = tidied(value)
  return {
    kind: 'case',
    when: [
      [oneOf(text, ['1', '男', '男性']), lit('1')],
      [oneOf(text, ['2', '女', '女性']), lit('2')],
    ],
  }
})

/** Ethnic group: number of GB/T 3304-1991 (97 other, 98 naturalised), or its name with or without 族. */
const ethnicValues = lazily(() => {
  const names = [...codeSet('民族').codes]
  return [
    ...names.flatMap(([code, name]) => [code, String(Number(code)), name, name.replace(/族$/, '')]),
    '97',
    '98',
    '其他',
  ]
})
export const ethnicCheck: Check = {
  normal: tidy,
  normalExpr: tidied,
  formSteps: [],
  fails: (value) => (ethnicValues().includes(value) ? undefined : 'value'),
  failsExpr: (value) => firstFailing([[not(oneOf(value, ethnicValues())), 'value']]),
}

/** Region code of GB/T 2260 that was valid at some time; 9 and 12 digits are judged by their first six. */
export const regionCheck: Check = {
  ...upperNormal,
  formSteps: ['structure'],
  fails: (value) =>
    !/^(\d{6}|\d{9}|\d{12})$/.test(value) ? 'structure' : regionsEver().has(value.slice(0, 6)) ? undefined : 'region',
  failsExpr: (value) =>
    firstFailing([
      [not(matches(value, /\d{6}|\d{9}|\d{12}/)), 'structure'],
      [not(call('matches', part(value, 1, 6), regionPattern())), 'region'],
    ]),
}

/** Mobile number after +86, blanks and hyphens are taken away. */
const mobileNormal = {
  normal: (value: string) =>
    tidy(value)
      .replace(/[\s-]/g, '')
      .replace(/^(\+86|0086)/, ''),
  normalExpr: remembered((value) =>
    when(
      [[matches(value, /1\d{10}/), value]],
      call('replacePattern', call('replacePattern', tidied(value), '[\\s-]', ''), '^(\\+86|0086)', ''),
    ),
  ),
}
export const mobileCheck = patternCheck(/1[3-9]\d{9}/, mobileNormal)

const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const letter = '[A-HJ-NP-Z]'
const sign = '[A-HJ-NP-Z0-9]'
/**
 * GA 36-2018: ordinary plates, new-energy plates (small: the letter first, large: last), the marks 警 学 港 澳 挂 应急 at the end;
 * 使 and 领 of embassies and consulates in both forms that are seen, the mark first or last.
 */
export const plateCheck = patternCheck(
  new RegExp(
    [
      `[${provinces}]${letter}(${sign}{5}|${sign}{4}([警学港澳挂]|应急)|[DABCEFGHJK]${sign}\\d{4}|\\d{5}[DABCEFGHJK])`,
      '使\\d{6}|\\d{6}使',
      `[${provinces}]${letter}?\\d{4,5}领`,
    ].join('|'),
  ),
)

const unitStructure = /\d{12}[GJZ][ABSXCDEFHGWY]\d{5}([FLQ]\d{8}|W0{8})/
/** GB/T 37346-2019: 28 characters, no check digit; without a building the unit is eight zeros. Its region was valid at some time. */
export const unitCheck: Check = {
  ...upperNormal,
  formSteps: ['structure'],
  fails: (value) =>
    !new RegExp(`^${unitStructure.source}$`).test(value)
      ? 'structure'
      : regionsEver().has(value.slice(0, 6))
        ? undefined
        : 'region',
  failsExpr: (value) =>
    firstFailing([
      [not(matches(value, unitStructure)), 'structure'],
      [not(call('matches', part(value, 1, 6), regionPattern())), 'region'],
    ]),
}
export const emailCheck = patternCheck(/[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/, {
  normal: tidy,
  normalExpr: tidied,
})
/** 注册号, 15 digits (GS 15-2006). */
export const registrationCheck = patternCheck(/\d{15}/)
export const amountCheck = patternCheck(/-?\d+(\.\d+)?|-?\d{1,3}(,\d{3})+(\.\d+)?/, {
  normal: tidy,
  normalExpr: tidied,
})

/** The two-digit number of GB/T 3304-1991 for any accepted spelling; null otherwise. */
export const ethnicCanonical: (value: Expr) => Expr = remembered((value) => {
  const text = tidied(value)
  const named = [...codeSet('民族').codes].map(
    ([code, name]) => [oneOf(text, [name, name.replace(/族$/, ''), code, String(Number(code))]), lit(code)] as const,
  )
  return { kind: 'case', when: named }
})
