import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratch } from '../../test/support/run.ts'
import { profileDataset } from '../catalogue/index.ts'
import { csvField, type Words } from '../core/index.ts'
import { type Engine, openEngine, type Session } from '../engine/index.ts'
import { loadFolder } from '../source/index.ts'
import { bindColumns, elementOf, isoDate, judge, stepWords, upgradeCitizen } from '../standard/index.ts'
import { checkAcross, checkDataset, deriveRules, type FailingRow, type RuleResult } from './index.ts'

// The second road: every indicator counted by a person's forty lines, on tables as dirty as chance makes them.

const today = '2026-11-24'
let engine: Engine
let session: Session
beforeAll(async () => {
  engine = await openEngine({ threads: 2, memory: '1GB' })
  session = await engine.open()
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await engine[Symbol.asyncDispose]()
})

const columns = {
  登记号: '',
  姓名: 'XM',
  公民身份号码: 'GMSFHM',
  性别: 'XB',
  民族: 'MZ',
  出生日期: 'CSRQ',
  成立日期: 'CLRQ',
  注销日期: 'ZXRQ',
} as const
type Column = keyof typeof columns
const header = Object.keys(columns) as Column[]
type Row = Readonly<Record<Column, string>>

const pick = (...values: string[]) => fc.constantFrom(...values)
const days = [
  '1949-12-31',
  '19491231',
  '1950/1/2',
  '2023-02-29',
  '2099-01-01',
  '',
  '不详',
  '1900-01-01',
  '1880年1月1日',
]
const ids = [
  ...['11010519491231002X', '440524188001010014', '11010519491231002x', '110105194912310021', '110105491231002'],
  ...['１１０１０５19491231002X', '', '无', '990105194912310023', '000000000000000000', '4405241880010100', 'x'],
]
const record: fc.Arbitrary<Row> = fc.record({
  登记号: fc.constant(''),
  姓名: pick('张三', '李四', '王五', '', '测试', '暂无', '李\ufffd', '  '),
  公民身份号码: pick(...ids),
  性别: pick('1', '2', '男', '女', '9', '3', 'x', '', '未知'),
  民族: pick('汉族', '汉', '01', '1', '97', '汉人', '', '/'),
  出生日期: pick(...days),
  成立日期: pick(...days, '2020-05-01'),
  注销日期: pick(...days, '2019-05-01'),
})

// ---- what a person would say of a cell

const tokens = ['无', '不详', '未知', '暂无', '/']
const defaults: Partial<Record<Column, string[]>> = {
  公民身份号码: ['000000000000000000'],
  出生日期: ['1900-01-01'],
  成立日期: ['1900-01-01'],
  注销日期: ['1900-01-01'],
}
const present = (v: string): boolean => v.trim() !== ''
const nothing = (c: Column, v: string): boolean => tokens.includes(v.trim()) || (defaults[c] ?? []).includes(v)
const filled = (c: Column, row: Row): boolean => present(row[c]) && !nothing(c, row[c])
const step = (c: Column, row: Row): string | undefined => judge(elementOf(columns[c]).check!, row[c], today).step
const day = (c: Column, row: Row): string | undefined => (filled(c, row) ? isoDate(row[c]) : undefined)
const number = (row: Row): string | undefined => {
  const { check } = elementOf('GMSFHM')
  const { normal } = judge(check!, row.公民身份号码, today)
  if (!filled('公民身份号码', row) || check!.fails(normal, today) !== undefined) return undefined
  return normal.length === 15 ? upgradeCitizen(normal) : normal
}
const sex = (row: Row): string | undefined => ({ 1: '1', 男: '1', 2: '2', 女: '2' })[row.性别.trim()]
const oddEven = (id: string): string => (Number(id[16]) % 2 === 1 ? '1' : '2')
const born = (id: string): string => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`

/** Each rule by hand: where it applies, and what is wrong there. */
type ByHand = Readonly<Record<string, { applies(row: Row): boolean; wrong(row: Row): string | undefined }>>
const repairs = ['tidy', 'case', 'marks']
const byHand: ByHand = {
  ...Object.fromEntries(
    (['公民身份号码', '性别', '民族', '出生日期', '成立日期', '注销日期'] as const).map((c) => [
      `0101/standard@${c}`,
      { applies: (row: Row) => filled(c, row), wrong: (row: Row) => step(c, row) },
    ]),
  ),
  ...Object.fromEntries(
    (['公民身份号码', '出生日期', '成立日期', '注销日期'] as const).map((c) => [
      `0302/format@${c}`,
      {
        applies: (row: Row) => filled(c, row),
        wrong: (row: Row) => [step(c, row)].find((s) => s === 'structure' || repairs.includes(s ?? '')),
      },
    ]),
  ),
  ...Object.fromEntries(
    (['性别', '民族'] as const).map((c) => [
      `0105/code@${c}`,
      { applies: (row: Row) => filled(c, row), wrong: (row: Row) => [step(c, row)].find((s) => s === 'value') },
    ]),
  ),
  ...Object.fromEntries(
    (['姓名', '公民身份号码'] as const).map((c) => [
      `0201/required@${c}`,
      { applies: () => true, wrong: (row: Row) => (filled(c, row) ? undefined : 'missing') },
    ]),
  ),
  ...Object.fromEntries(
    header.slice(1).map((c) => [
      `0305/dirty@${c}`,
      {
        applies: (row: Row) => present(row[c]),
        wrong: (row: Row) =>
          nothing(c, row[c])
            ? 'placeholder'
            : row[c].includes('\ufffd')
              ? 'mojibake'
              : row[c] === '测试'
                ? 'test'
                : undefined,
      },
    ]),
  ),
  '0402/agree@公民身份号码+出生日期': {
    applies: (row) => number(row) !== undefined && day('出生日期', row) !== undefined,
    wrong: (row) => (born(number(row)!) === day('出生日期', row) ? undefined : 'differs'),
  },
  '0402/agree@公民身份号码+性别': {
    applies: (row) => number(row) !== undefined && sex(row) !== undefined,
    wrong: (row) => (oddEven(number(row)!) === sex(row) ? undefined : 'differs'),
  },
  '0503/order@出生日期+成立日期+注销日期': {
    applies: (row) => orderly(row).length > 1,
    wrong: (row) => (orderly(row).join() === [...orderly(row)].sort().join() ? undefined : 'order'),
  },
}
const orderly = (row: Row): string[] =>
  (['出生日期', '成立日期', '注销日期'] as const).map((c) => day(c, row)).filter((d) => d !== undefined)

const figure = (r: Pick<RuleResult, 'a' | 'b' | 'failing'>): number[] => [r.a, r.b, r.failing]
const lower = (id: string): boolean => id.startsWith('0303') || id.startsWith('0305')

async function bySql(tables: Readonly<Record<string, readonly Row[]>>) {
  using dir = scratch()
  for (const [department, rows] of Object.entries(tables)) {
    mkdirSync(join(dir.path, 'in', department), { recursive: true })
    const lines = [header, ...rows.map((row) => header.map((c) => row[c]))].map((r) => r.map(csvField).join(','))
    writeFileSync(join(dir.path, 'in', department, 't.csv'), `${lines.join('\n')}\n`)
  }
  const lake = { folder: join(dir.path, 'in'), lake: join(dir.path, 'lake'), scratch: join(dir.path, 's') }
  const { versions } = await loadFolder({ session, ...lake })
  const results: RuleResult[] = []
  const failing = new Map<string, FailingRow[]>()
  const parts = []
  for (const { table } of versions) {
    const { profile, samples } = await profileDataset(session, table)
    const bindings = bindColumns(profile, samples, today)
    const rules = deriveRules(profile, bindings, today)
    const options = { failingLimit: 10_000, hasKey: profile.keys.length > 0 }
    const checked = await checkDataset(session, table, rules, options, async (rows) => {
      failing.set(table.department, [...(failing.get(table.department) ?? []), ...rows])
    })
    results.push(...checked.rules)
    parts.push({ table, bindings })
  }
  return { results, failing, across: await checkAcross(session, parts, today) }
}

const tables = fc.record({
  甲: fc.array(record, { minLength: 12, maxLength: 60 }),
  乙: fc.array(record, { minLength: 12, maxLength: 60 }),
})

test('every indicator, and every failing record with its reason, is what a person would find', async () => {
  const met = new Set<string>()
  await fc.assert(
    fc.asyncProperty(tables, async (made) => {
      const { results, failing, across } = await bySql(made)
      for (const [department, rows] of Object.entries(made)) {
        const own = results.filter((r) => r.department === department)
        for (const rule of own) {
          met.add(rule.id)
          const hand = byHand[rule.id]
          if (hand === undefined) continue
          const b = rows.filter(hand.applies).length
          const wrong = rows.flatMap((row, i) => {
            const reason = hand.applies(row) ? hand.wrong(row) : undefined
            return reason === undefined ? [] : [{ row: i + 1, reason }]
          })
          const a = lower(rule.id) ? wrong.length : b - wrong.length
          expect(figure(rule), `${department} ${rule.id}`).toEqual([a, b, wrong.length])
          const found = (failing.get(department) ?? []).filter((f) => f.rule === rule.id)
          expect(
            found.map((f) => f.row),
            rule.id,
          ).toEqual(wrong.map((w) => w.row))
          const words = stepWords as Readonly<Record<string, Words>>
          for (const [i, w] of wrong.entries())
            if (words[w.reason]) expect(found[i]!.reason, rule.id).toEqual(words[w.reason])
          expect(found.every((f) => f.reason.zh !== '' && f.reason.en !== '')).toBe(true)
        }
        const copies = own.find((r) => r.id === '0303/copies')!
        const lines = rows.map((row) => header.map((c) => row[c]).join('\u0001'))
        const surplus = lines.length - new Set(lines).size
        expect(figure(copies), 'copies').toEqual([surplus, rows.length, surplus])
        const unique = own.find((r) => r.id === '0304/unique@公民身份号码')
        if (unique) {
          const keys = rows.map(number).filter((n) => n !== undefined)
          const repeated = keys.filter((k) => keys.filter((o) => o === k).length > 1).length
          expect(figure(unique), 'unique').toEqual([keys.length - repeated, keys.length, repeated])
        }
      }
      for (const [element, of] of [
        ['XB', sex],
        ['CSRQ', (row: Row) => day('出生日期', row)],
      ] as const) {
        const said = new Map<string, { departments: Set<string>; values: Set<string> }>()
        for (const [department, rows] of Object.entries(made))
          for (const row of rows) {
            const [key, value] = [number(row), of(row)]
            if (key === undefined || value === undefined) continue
            const known = said.get(key) ?? { departments: new Set(), values: new Set() }
            said.set(key, known)
            known.departments.add(department)
            known.values.add(value)
          }
        const shared = [...said.values()].filter((s) => s.departments.size > 1)
        const differing = shared.filter((s) => s.values.size > 1).length
        const found = across.find((r) => r.id === `0401/same@person/${element}`)
        if (found) expect(figure(found), element).toEqual([shared.length - differing, shared.length, differing])
      }
    }),
    { numRuns: 8, seed: 11 },
  )
  // a rule that is never derived would pass unseen
  expect(Object.keys(byHand).filter((id) => !met.has(id))).toEqual([])
})

test('a number that occurs twice fails twice and a copied record counts once: 0303 and 0304 need not add up', async () => {
  const plain: Row = {
    登记号: '',
    姓名: '张三',
    公民身份号码: '',
    性别: '1',
    民族: '汉族',
    出生日期: '',
    成立日期: '',
    注销日期: '',
  }
  const numbers = ['11010519491231002X', '440524188001010014', '932682198501010017', '911124198108030024']
  const rows = [0, 0, 1, 2, 3, 3].map((n, i) => ({
    ...plain,
    姓名: i === 5 ? '李四' : '张三',
    公民身份号码: numbers[n]!,
  }))
  const many = Array.from({ length: 20 }, (_, i) => ({ ...plain, 公民身份号码: numbered(i) }))
  const { results } = await bySql({ 甲: [...rows, ...many] })
  const of = (id: string) => figure(results.find((r) => r.id === id)!)
  expect(of('0303/copies')).toEqual([1, 26, 1])
  expect(of('0304/unique@公民身份号码')).toEqual([22, 26, 4])
})

/** A valid number, another for each i. */
function numbered(i: number): string {
  const first17 = `1101051980010110${i % 10}`.slice(0, 15) + String(10 + i)
  for (const check of '0123456789X')
    if (judge(elementOf('GMSFHM').check!, first17 + check, today).step === undefined) return first17 + check
  throw new Error('no check character fits')
}
