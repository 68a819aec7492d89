import { readList } from './data.ts'

/** A code set (代码集) with its edition: code → name. */
export interface CodeSet {
  readonly id: string
  readonly standard: string
  readonly name: string
  readonly codes: ReadonlyMap<string, string>
}

/** A region of GB/T 2260 in a span of time. `to` is the year it ended, undefined while in use. */
export interface RegionSpan {
  readonly code: string
  readonly name: string
  readonly from: number
  readonly to: number | undefined
  readonly successors: readonly string[]
}

const once = <T>(make: () => T): (() => T) => {
  let value: T | undefined
  return () => (value ??= make())
}

/** Every span of every region code since 1981. */
export const regionSpans = once((): ReadonlyMap<string, readonly RegionSpan[]> => {
  const spans = new Map<string, RegionSpan[]>()
  for (const row of readList('gbt2260-history.csv')) {
    const end = row['变更/弃用时间'] ?? ''
    const span: RegionSpan = {
      code: row['代码']!,
      name: row['名称']!,
      from: Number(row['启用时间']) || 1981,
      to: end === '' ? undefined : Number(end),
      successors: (row['新代码'] ?? '')
        .split(/[;；]/)
        .map((s) => s.replace(/\[.*\]/, '').trim())
        .filter(Boolean),
    }
    spans.set(span.code, [...(spans.get(span.code) ?? []), span])
  }
  return spans
})

/** Region codes that were valid at some time. Hong Kong, Macao and Taiwan residents' numbers begin with 81, 82, 83. */
export const regionsEver = once(
  (): ReadonlySet<string> => new Set([...regionSpans().keys(), '810000', '820000', '830000']),
)

/** True when the code was in force in the year; without a year, at any time. */
export function regionValid(code: string, year?: number): boolean {
  const spans = regionSpans().get(code)
  if (spans === undefined) return false
  return year === undefined || spans.some((s) => s.from <= year && (s.to === undefined || year <= s.to))
}

const small = once((): ReadonlyMap<string, CodeSet> => {
  const sets = new Map<string, { standard: string; name: string; codes: Map<string, string> }>()
  for (const row of readList('small-codelists.csv')) {
    const id = row['list']!
    const set = sets.get(id) ?? { standard: row['standard']!, name: id, codes: new Map<string, string>() }
    set.codes.set(row['code']!, row['name']!)
    sets.set(id, set)
  }
  return new Map([...sets].map(([id, set]) => [id, { id, ...set }]))
})

const listed = (
  id: string,
  standard: string,
  file: string,
  keep: (row: Record<string, string>) => boolean = () => true,
) =>
  once(
    (): CodeSet => ({
      id,
      standard,
      name: id,
      codes: new Map(
        readList(file)
          .filter(keep)
          .map((r) => [r['code']!, r['name']!]),
      ),
    }),
  )

const made = new Map<string, () => CodeSet>([
  ['民族', listed('民族', 'GB/T 3304-1991', 'gbt3304-1991-ethnic.csv')],
  ['行业门类大类', listed('行业门类大类', 'GB/T 4754-2017', 'gbt4754-2017-sections-divisions.csv')],
  ['现行行政区划', listed('现行行政区划', 'GB/T 2260-2007', 'gbt2260-current.csv')],
])

/** A code set by its id: one of `small-codelists.csv` by list name, or 民族, 行业门类大类, 现行行政区划. */
export function codeSet(id: string): CodeSet {
  const set = made.get(id)?.() ?? small().get(id)
  if (set === undefined) throw new Error(`no code set ${id}`)
  return set
}

export const registrarCodes = once(() => [...codeSet('登记管理部门代码').codes.keys()])
