import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, col, type Engine, from, openEngine, type Session, stage, values } from '../engine/index.ts'
import { type Check, judge } from './check.ts'
import { citizenCheck, upgradeCitizen } from './checks/citizen.ts'
import { dateCheck, isoDate, isoDateExpr } from './checks/date.ts'
import { orgCheck, taxCheck, usccCheck } from './checks/organisation.ts'
import { emailCheck, ethnicCheck, mobileCheck, plateCheck, regionCheck, sexCheck, unitCheck } from './checks/others.ts'
import { elements } from './elements.ts'

const today = '2026-11-24'
type Listed = { code: string } | string
const vectors = JSON.parse(
  readFileSync(new URL('../../test/vectors/codelists/check-vectors.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, Listed[]>>
const codes = (list: readonly Listed[] | undefined): string[] =>
  (list ?? []).map((v) => (typeof v === 'string' ? v : v.code))

let engine: Engine
let session: Session
beforeAll(async () => {
  engine = await openEngine({ threads: 2 })
  session = await engine.open()
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await engine[Symbol.asyncDispose]()
})

/** What the engine says of the values: the failing step, `tidy` where only the spelling had to be put right. */
async function bySql(check: Check, list: readonly string[]): Promise<(string | null)[]> {
  const normal = check.normalExpr(col('v'))
  const table = values(
    [
      ['i', 'bigint'],
      ['v', 'text'],
    ],
    list.map((v, i) => [i, v]),
  )
  const rows = await session.rows([
    stage(
      't',
      from(table)
        .select({ i: col('i'), step: check.failsExpr(normal, today), n: normal })
        .orderBy(col('i'))
        .done(),
    ),
  ])
  return rows.map((r, i) => (r['step'] as string | null) ?? (r['n'] === list[i] ? null : 'tidy'))
}
const byHand = (check: Check, list: readonly string[]) => list.map((v) => judge(check, v, today).step ?? null)

const cases: readonly (readonly [string, Check, string])[] = [
  ['citizen_id_GB11643', citizenCheck, '公民身份号码'],
  ['uscc_GB32100', usccCheck, '统一社会信用代码'],
  ['org_code_GB11714', orgCheck, '组织机构代码'],
  ['plate_GA36', plateCheck, '号牌号码'],
  ['real_estate_unit_GBT37346', unitCheck, '不动产单元号'],
  ['mobile', mobileCheck, '手机号码'],
]

describe.each(cases)('%s', (key, check) => {
  test('good codes pass and bad ones fail on both roads', async () => {
    const good = codes(vectors[key]!['valid'])
    expect(byHand(check, good)).toEqual(good.map(() => null))
    expect(await bySql(check, good)).toEqual(good.map(() => null))
    const bad = codes(vectors[key]!['invalid'])
    const hand = byHand(check, bad)
    expect(hand).not.toContain(null)
    expect(await bySql(check, bad)).toEqual(hand)
  })
})

test('a 15-digit number becomes the 18-digit one of the vectors', () => {
  for (const { from: old, to } of vectors['citizen_id_GB11643']!['convert_15_to_18'] as unknown as {
    from: string
    to: string
  }[])
    expect(upgradeCitizen(old)).toBe(to)
})

test('the step that fails is named: check, date, future, region, structure', () => {
  const steps = byHand(citizenCheck, codes(vectors['citizen_id_GB11643']!['invalid']))
  expect(steps).toEqual([
    'check',
    'date',
    'date',
    'future',
    'region',
    'tidy',
    'structure',
    'tidy',
    'structure',
    'structure',
  ])
})

test('dates: real days in the usual spellings, nothing else', async () => {
  const dates = [
    '2024-02-29',
    '20240229',
    '2024/2/29',
    '2024年2月29日',
    '2024.02.29',
    '2024-02-29 08:30:00',
    '２０２４-02-29',
    '2023-02-29',
    '2024-13-01',
    '0000-00-00',
    '1900-01-00',
    '45351',
    '',
    'x',
  ]
  expect(dates.map(isoDate)).toEqual([...Array<string>(7).fill('2024-02-29'), ...Array<undefined>(7).fill(undefined)])
  const rows = await session.rows([
    stage(
      't',
      from(
        values(
          [
            ['i', 'bigint'],
            ['v', 'text'],
          ],
          dates.map((v, i) => [i, v]),
        ),
      )
        .select({ d: isoDateExpr(col('v')), i: col('i') })
        .orderBy(col('i'))
        .done(),
    ),
  ])
  expect(rows.map((r) => r['d'] ?? undefined)).toEqual(dates.map(isoDate))
})

test('both roads agree on every check for values bent in every way', async () => {
  const seeds = [
    ...cases.flatMap(([key]) => [...codes(vectors[key]!['valid']), ...codes(vectors[key]!['invalid'])]),
    '男',
    '1',
    '汉族',
    '330104',
    '330199',
    '2024-02-29',
    'a@b.cn',
    '12.50',
    '𬱖',
    '',
  ]
  const bent = fc.sample(
    fc
      .tuple(
        fc.constantFrom(...seeds),
        fc.nat(40),
        fc.constantFrom('', 'x', 'Ａ', '　', ' ', '-', '0', 'Ⅷ', '①', "'", '\n', '\0', '𬱖'),
      )
      .map(([s, at, c]) => s.slice(0, at % (s.length + 1)) + c + s.slice((at % (s.length + 1)) + (at % 2))),
    { numRuns: 400, seed: 7 },
  )
  const list = [...seeds, ...bent]
  const checks = new Map(elements.filter((e) => e.check).map((e) => [e.short, e.check!]))
  for (const [name, check] of [
    ...checks,
    ['org', orgCheck],
    ['tax', taxCheck],
    ['region', regionCheck],
    ['sex', sexCheck],
    ['mail', emailCheck],
    ['date', dateCheck],
    ['ethnic', ethnicCheck],
  ] as const) {
    const sql = await bySql(check, list)
    const hand = byHand(check, list)
    const differing = list.map((v, i) => ({ name, v, sql: sql[i], hand: hand[i] })).filter((d) => d.sql !== d.hand)
    expect(differing).toEqual([])
  }
})

test('the width fold of the engine is that of the program', async () => {
  const all = ['ＡＢ　１', '㏠', '①', 'ﬁ', '𝟏', '㎡', '（集团）', '½', 'é', '𬱖', 'ｱ']
  const rows = await session.rows([
    stage(
      't',
      from(
        values(
          [['v', 'text']],
          all.map((v) => [v]),
        ),
      )
        .select({ f: call('foldWidth', col('v')) })
        .done(),
    ),
  ])
  const { foldWidth } = await import('../core/index.ts')
  expect(rows.map((r) => r['f'])).toEqual(all.map(foldWidth))
})
