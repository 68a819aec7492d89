import { tidy } from '../core/index.ts'
import type { FieldProfile } from './contract.ts'

type Type = FieldProfile['inferred']['type']

const tests: readonly (readonly [Type, RegExp])[] = [
  ['integer', /^[-+]?\d{1,15}$/],
  // more digits than a double holds are a number in name only: ID numbers, account numbers
  ['decimal', /^[-+]?(\d{1,15}|\d{1,3}(,\d{3})+)(\.\d+)?$/],
  ['date', /^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))$/],
  ['datetime', /^\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?[ T]\d{1,2}[:时]\d{2}/],
  ['boolean', /^(true|false|是|否|y|n|yes|no)$/i],
]
/** Share of values that must look like a type before the column is said to have it. */
const enough = 0.9

/** Judges a column's type by its values. A leading zero makes a code of a number; eight digits that are all dates are dates. */
export function inferType(values: readonly string[]): FieldProfile['inferred'] {
  const filled = values.length
  if (filled === 0) return { type: 'empty', conforming: 0, filled }
  const tidied = values.map(tidy)
  const hits = new Map(tests.map(([type, test]) => [type, tidied.filter((v) => test.test(v)).length]))
  const padded = tidied.some((v) => /^0\d/.test(v))
  for (const type of ['boolean', 'date', 'datetime', 'integer', 'decimal'] as const) {
    const conforming = hits.get(type)!
    if (conforming < filled * enough || (padded && (type === 'integer' || type === 'decimal'))) continue
    return { type, conforming, filled }
  }
  return { type: 'text', conforming: filled, filled }
}

/** 形态: digits become 9, Latin letters A or a, Chinese characters 汉; runs of more than four are counted, others stay. */
export function shapeOf(value: string): string {
  const marked = ascii.test(value) ? asciiMarks(value) : marks(value)
  return marked.replace(/(9|A|a|汉)\1{4,}/gu, (run, c: string) => `${c}{${[...run].length}}`).slice(0, 80)
}
const ascii = /^[\x00-\x7f]*$/
const asciiMarks = (value: string): string => value.replace(/[0-9]/g, '9').replace(/[A-Z]/g, 'A').replace(/[a-z]/g, 'a')
const marks = (value: string): string =>
  value
    .replace(/\p{Nd}/gu, '9')
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\p{Script=Han}/gu, '汉')
