import { describe, expect, test } from 'vitest'
import type { Result } from '../contract.ts'
import { reportHtml } from './page.ts'

const words = (text: string) => ({ zh: text, en: text })
const indicator = (
  code: string,
  unit: 'cell' | 'row' | 'pair',
  a: number,
  b: number,
): Result['indicators'][number] => ({
  ...{ code, unit, a, b, group: code.slice(0, 2), name: words(code), direction: code === '0305' ? 'down' : 'up' },
  ...{ failing: code === '0305' ? a : b - a, scope: 'city', edition: '1' },
})
const nasty = '<img src=x onerror=alert(1)>&"\'𬱖\0'

const result: Result = {
  schema: 'datong/result-1',
  product: { name: 'datong', version: '1.2.3' },
  run: {
    id: 'run-1',
    startedAt: '2026-01-01T00:00:00Z',
    finishedAt: '2026-01-01T00:00:09Z',
    timings: [],
    receipt: null,
  },
  synthetic: false,
  totals: { departments: 1, datasets: 1, rows: 10, columns: 1, bound: 1, unreadableRows: 0 },
  departments: [],
  datasets: [
    {
      ...{ department: '公安局', dataset: nasty, version: 'v', rows: 10, bytes: 2048, sha256: 'ab' },
      origin: { path: `${nasty}.csv`, format: 'csv', packing: 'none', encoding: 'gb18030' },
      columns: [
        {
          ...{ name: nasty, header: nasty, position: 1, filled: 9, blank: 1, nullTokens: 0, distinct: 9 },
          ...{ distinctExact: true, inferred: { type: 'text', conforming: 9, filled: 9 }, binding: null },
        },
      ],
      indicators: [],
      rules: [
        {
          ...{ id: `0302/format@${nasty}`, indicator: '0302', severity: 'weak', department: '公安局', dataset: nasty },
          ...{ columns: [nasty], words: words('格式'), cites: 'GB 11643-1999', unit: 'cell', a: 7, b: 9, failing: 2 },
        },
      ],
      rowsWithStrongFailures: 0,
    },
  ],
  indicators: [indicator('0302', 'cell', 7, 9), indicator('0401', 'pair', 1, 2), indicator('0503', 'row', 0, 0)],
  groups: [
    { code: '03', name: words('准确性'), unit: 'cell', a: 7, b: 9, indicators: ['0302'], others: [] },
    { code: '06', name: words('可访问性'), unit: null, a: 0, b: 0, indicators: [], others: [] },
  ],
  acrossRules: [],
  findings: [],
  entities: [{ kind: 'person', records: 10, identified: 9, entities: 8, shared: 1, contradicting: 0, heldBack: 0 }],
  oddities: [],
  problems: [],
  evidence: { algorithm: 'SHA-256', hash: 'cd' },
}

describe('report.html', () => {
  const page = reportHtml(result, 'zh')
  test('asks nothing of any network and runs no script', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|src=["']|url\(|@import|javascript:/)
    expect(page).toContain("default-src 'none'")
  })
  test('what comes from files is text, whatever it looks like', () => {
    expect(page).not.toContain('<img src=x')
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(page).not.toContain('\0')
  })
  test('says everything in both languages', () => {
    const count = (pattern: RegExp): number => [...page.matchAll(pattern)].length
    expect(count(/<span lang="zh-CN">/g)).toBe(count(/<span lang="en">/g))
    expect(reportHtml(result, 'en').replace('id="en" class="language" checked', 'id="en" class="language"')).toBe(
      page
        .replace('id="zh" class="language" checked', 'id="zh" class="language"')
        .replace('<html lang="zh-CN">', '<html lang="en">'),
    )
  })
  test('two runs on one input differ in the line of the run alone', () => {
    const other = reportHtml(
      { ...result, run: { ...result.run, id: 'run-2', finishedAt: '2027-01-01T00:00:00Z' } },
      'zh',
    )
    const lines = other.split('\n').filter((line, i) => line !== page.split('\n')[i])
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('id="run"')
  })
  test('a table of thousands of columns leaves the report readable, and says where the rest is', () => {
    const [first] = result.datasets
    const columns = Array.from({ length: 5000 }, (_, i) => ({ ...first!.columns[0]!, name: `c${i}` }))
    const wide = reportHtml({ ...result, datasets: [{ ...first!, columns }] }, 'zh')
    expect(wide.length).toBeLessThan(200_000)
    expect(wide).toContain('其余 4,800 项见 result.json')
  })
  test('B = 0 is 不适用, and the weakest figure leads', () => {
    expect(page).toMatch(/可访问性<\/span>.*不适用/)
    expect(page).toContain('最弱的是准确性')
    expect(page).not.toContain('NaN')
  })
})
