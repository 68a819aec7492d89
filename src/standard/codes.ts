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

/** Makes a value at first need and keeps it. */
export const lazily = <T>(make: () => T): (() => T) => {
  let value: T | undefined
  return () => (value ??= make())
}

/** Every span of every region code since 1981. */
export const regionSpans = lazily((): ReadonlyMap<string, readonly RegionSpan[]> => {
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

/**
 * Region codes that were valid at some time. Hong Kong, Macao and Taiwan residents' numbers begin with 81, 82, 83.
 * GB/T 2260 also gives codes to 市辖区 taken together (01 below each city; 0100, and 0200 for the counties, in the four
 * municipalities), which the history file leaves out and numbers of citizens do carry.
 */
export const regionsEver = lazily((): ReadonlySet<string> => {
  const listed = [...regionSpans().keys()]
  const cities = listed.filter((code) => /^\d{2}(?!00)\d{2}00$/.test(code))
  const municipalities = ['11', '12', '31', '50'].flatMap((province) => [`${province}0100`, `${province}0200`])
  const together = [...cities.map((code) => `${code.slice(0, 4)}01`), ...municipalities]
  return new Set([...listed, ...together, '810000', '820000', '830000'])
})

/** True when the code was in force in the year; without a year, at any time. */
export function regionValid(code: string, year?: number): boolean {
  const spans = regionSpans().get(code)
  if (spans === undefined) return false
  return year === undefined || spans.some((s) => s.from <= year && (s.to === undefined || year <= s.to))
}

/** The last year of a code that is no longer in force; undefined while it is, and for one that never was. */
const regionEnd = lazily((): ReadonlyMap<string, number> => {
  const ended = [...regionSpans()].filter(([, spans]) => spans.every((s) => s.to !== undefined))
  return new Map(ended.map(([code, spans]) => [code, Math.max(...spans.map((s) => s.to!))]))
})

/** True when the code had ended before the year: nothing could be issued under it then. */
export function regionEnded(code: string, year: number): boolean {
  const end = regionEnd().get(code)
  return end !== undefined && end < year
}

const small = lazily((): ReadonlyMap<string, CodeSet> => {
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
  lazily(
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

/**
 * The codes of a set of equal length as one regular expression (a trie): engines compile it once, where a list of thousands of
 * values would be read, planned and joined anew for every rule.
 */
export function codesPattern(codes: Iterable<string>): string {
  return triePattern([...new Set(codes)].sort().map((code) => [code, '']))
}
/** Codes in order, each with the pattern of what must follow it. */
function triePattern(sorted: readonly (readonly [code: string, after: string])[]): string {
  const byFirst = Map.groupBy(sorted, ([code]) => code[0]!)
  const branches = new Map<string, string[]>()
  for (const [first, own] of byFirst) {
    const rest = own.map(([code, after]) => [code.slice(1), after] as const)
    const tail = rest[0]![0] === '' ? rest[0]![1] : triePattern(rest)
    branches.set(tail, [...(branches.get(tail) ?? []), first])
  }
  const parts = [...branches].map(([tail, firsts]) => (firsts.length === 1 ? firsts[0]! : classOf(firsts)) + tail)
  return parts.length === 1 ? parts[0]! : `(?:${parts.join('|')})`
}
/** Characters in order as a class, runs of them as ranges. */
function classOf(characters: readonly string[]): string {
  const runs: string[] = []
  for (const c of characters) {
    const run = runs.at(-1)
    if (run !== undefined && c.charCodeAt(0) === run.charCodeAt(run.length - 1) + 1) runs[runs.length - 1] = run + c
    else runs.push(c)
  }
  return `[${runs.map((run) => (run.length > 2 ? `${run[0]}-${run.at(-1)}` : run)).join('')}]`
}

/** Matches a region code that was valid at some time. */
export const regionPattern = lazily(() => codesPattern(regionsEver()))
/** Matches a region code that is in force. */
export const regionNowPattern = lazily(() => codesPattern([...regionsEver()].filter((code) => !regionEnd().has(code))))

const firstYear = 1850
/**
 * Ended codes by province (first two digits): matches the other four digits with a year in which the code was still in force.
 * One pattern for the whole country would be too large for an engine to run at speed.
 */
export const regionYearPatterns = lazily((): readonly (readonly [province: string, pattern: string])[] => {
  const byProvince = Map.groupBy([...regionEnd()].sort(), ([code]) => code.slice(0, 2))
  return [...byProvince].map(([province, codes]) => [
    province,
    triePattern(codes.map(([code, end]) => [code.slice(2), yearsTo(end)])),
  ])
})
const years = new Map<number, string>()
function yearsTo(end: number): string {
  const known =
    years.get(end) ?? codesPattern(Array.from({ length: end - firstYear + 1 }, (_, i) => String(firstYear + i)))
  years.set(end, known)
  return known
}
