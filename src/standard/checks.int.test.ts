import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, col, type Engine, from, openEngine, type Session, stage, values } from '../engine/index.ts'
import { type Check, judge, judgeExpr } from './check.ts'
import { citizenCheck, citizenCheckCharacter, upgradeCitizen } from './checks/citizen.ts'
import { dateCheck, isoDate, isoDateExpr } from './checks/date.ts'
import { orgCheck, organisationCanonical, taxCheck, usccCheck } from './checks/organisation.ts'
import { emailCheck, ethnicCheck, mobileCheck, plateCheck, regionCheck, sexCheck, unitCheck } from './checks/others.ts'
import { regionSpans, regionValid } from './codes.ts'
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

/** What the engine says of the values: the failing step, or the repair where only the spelling had to be put right. */
async function bySql(check: Check, list: readonly string[]): Promise<(string | null)[]> {
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
        .select({ i: col('i'), step: judgeExpr(check, col('v'), today) })
        .orderBy(col('i'))
        .done(),
    ),
  ])
  return rows.map((r) => r['step'] as string | null)
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

test('dates of the vectors: what ISO 8601 and forms write is read, what is no day is refused', async () => {
  const { accept, reject, dirty_normalise } = vectors['date_GBT7408'] as unknown as {
    accept: string[]
    reject: string[]
    dirty_normalise: Record<string, string>
  }
  const written = Object.entries(dirty_normalise).filter(([v]) => v !== '45351')
  for (const v of [...accept, ...written.map(([v]) => v)]) expect(isoDate(v), v).toBe('2024-02-29')
  for (const [v, iso] of written) expect(isoDate(v)).toBe(iso)
  // whether 45351 is a day cannot be seen from the value: sheets are asked for the cell's format instead
  for (const v of [...reject, '45351']) expect(isoDate(v), v).toBeUndefined()
  const all = [...accept, ...Object.keys(dirty_normalise), ...reject]
  expect(await bySql(dateCheck, all)).toEqual(byHand(dateCheck, all))
})

test('week and ordinal dates agree with the calendar on every day of forty years, on both roads', async () => {
  const spelt: [string, string][] = []
  for (let t = Date.UTC(1990, 0, 1); t < Date.UTC(2030, 0, 1); t += 86_400_000 * 5) {
    const date = new Date(t)
    const iso = date.toISOString().slice(0, 10)
    const year = date.getUTCFullYear()
    const n = Math.round((t - Date.UTC(year, 0, 1)) / 86_400_000) + 1
    spelt.push([`${year}-${String(n).padStart(3, '0')}`, iso])
    const weekday = date.getUTCDay() || 7
    const thursday = new Date(t + (4 - weekday) * 86_400_000)
    const w = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 604_800_000) + 1
    spelt.push([`${thursday.getUTCFullYear()}-W${String(w).padStart(2, '0')}-${weekday}`, iso])
  }
  expect(spelt.map(([v]) => isoDate(v))).toEqual(spelt.map(([, iso]) => iso))
  const rows = await session.rows([
    stage(
      't',
      from(
        values(
          [
            ['i', 'bigint'],
            ['v', 'text'],
          ],
          spelt.map(([v], i) => [i, v]),
        ),
      )
        .select({ d: isoDateExpr(col('v')), i: col('i') })
        .orderBy(col('i'))
        .done(),
    ),
  ])
  expect(rows.map((r) => r['d'])).toEqual(spelt.map(([, iso]) => iso))
})

test('regions: in force, retired, never; a number may not be older than the end of its region', async () => {
  const { valid_now, retired, never } = vectors['region'] as unknown as {
    valid_now: string[]
    retired: { code: string; until: string }[]
    never: string[]
  }
  const codesOf = [...valid_now, ...retired.map((r) => r.code)]
  expect(byHand(regionCheck, [...codesOf, ...never])).toEqual([
    ...codesOf.map(() => null),
    ...never.map(() => 'region'),
  ])
  for (const { code, until } of retired) {
    expect(regionValid(code, Number(until) - 1)).toBe(true)
    const numbers = [Number(until), Number(until) + 1].map((year) => numbered(`${code}${year}0101001`))
    expect(byHand(citizenCheck, numbers)).toEqual([null, 'region-ended'])
    expect(await bySql(citizenCheck, numbers)).toEqual([null, 'region-ended'])
  }
})

test('for every region code since 1981 and its years, both roads agree', async () => {
  const numbers = [...regionSpans()].flatMap(([code, spans]) => {
    const end = Math.max(...spans.map((s) => s.to ?? 2030))
    return [1949, end, end + 1].filter((y) => y <= 2026).map((year) => numbered(`${code}${year}0101001`))
  })
  expect(numbers.length).toBeGreaterThan(10_000)
  const [sql, hand] = [await bySql(citizenCheck, numbers), byHand(citizenCheck, numbers)]
  const differing = numbers.map((n, i) => [n, sql[i], hand[i]]).filter(([, a, b]) => a !== b)
  expect(differing.slice(0, 5)).toEqual([])
  expect(new Set(hand)).toEqual(new Set([null, 'region-ended']))
})

test('residents of Hong Kong, Macao and Taiwan and foreign permanent residents are no errors', async () => {
  const numbers = ['81000019900101001', '82000019900101002', '83000019900101003'].map(numbered)
  numbers.push(...['93268219850101001', '91112419810803002'].map(numbered))
  expect(byHand(citizenCheck, numbers)).toEqual(numbers.map(() => null))
  expect(await bySql(citizenCheck, numbers)).toEqual(numbers.map(() => null))
  const wrong = [numbered('84000019900101001'), numbered('99968219850101001')]
  expect(byHand(citizenCheck, wrong)).toEqual(['region', 'region'])
})

test('a value is judged and put right: width and blanks, then case, then marks', () => {
  const said = (check: Check, value: string) => {
    const { step, normal, repaired } = judge(check, value, today)
    return [step, normal, repaired]
  }
  expect(said(citizenCheck, '11010519491231002x')).toEqual(['case', '11010519491231002X', true])
  expect(said(citizenCheck, '１１０１０５19491231002x　')).toEqual(['tidy', '11010519491231002X', true])
  expect(said(mobileCheck, '+8613800138000')).toEqual(['marks', '13800138000', true])
  expect(said(orgCheck, '79965505-8')).toEqual(['marks', '799655058', true])
  expect(said(citizenCheck, '11010519491231002Ｙ')).toEqual(['structure', '11010519491231002Y', true])
  expect(said(citizenCheck, '1.10105194912310E+17')).toEqual(['structure', '1.10105194912310E+17', false])
  expect(said(usccCheck, '91350100m000100y43')).toEqual(['case', '91350100M000100Y43', true])
})

test('plates and units of every kind', async () => {
  const good = ['粤Z1234澳', '浙A1234学', '浙A123挂', '使014578', '224578使', '沪A0023领', '京AX123应急', '浙A12345D']
  const plates = good.filter((p) => p !== '浙A123挂' && p !== '京AX123应急')
  expect(byHand(plateCheck, plates)).toEqual(plates.map(() => null))
  expect(await bySql(plateCheck, plates)).toEqual(plates.map(() => null))
  const bad = ['浙A123挂', '浙1A2345', '使01457', '领12345', '浙AO1234', '浙A1234I', '浙AD1234O']
  expect(byHand(plateCheck, bad)).toEqual(bad.map(() => 'structure'))
  const units = ['330199001002GB00012F00010023', '330106001002GB00012F00010023']
  expect(byHand(unitCheck, units)).toEqual(['region', null])
  expect(await bySql(unitCheck, units)).toEqual(['region', null])
})

test('a taxpayer is an organisation or a person, of today or of before', async () => {
  const numbers = [
    '91350100M000100Y43',
    '11010519491231002X',
    '11010519491231002X01',
    '350100799655058',
    '91350100M000100Y4E',
    '350100799655059',
    '110105194912310021',
  ]
  const said = [null, null, null, null, 'check', 'check']
  expect(byHand(taxCheck, numbers).slice(0, 6)).toEqual(said)
  expect(await bySql(taxCheck, numbers)).toEqual(byHand(taxCheck, numbers))
  const rows = await session.rows([
    stage(
      't',
      from(
        values(
          [['v', 'text']],
          numbers.map((v) => [v]),
        ),
      )
        .select({ key: organisationCanonical('tax', col('v'), today) })
        .done(),
    ),
  ])
  expect(rows.map((r) => r['key'])).toEqual(['M000100Y4', null, null, '799655058', null, null, null])
})

/** The number with its check character. */
const numbered = (first17: string): string => first17 + citizenCheckCharacter(first17)

test('the step that fails is named: check, date, future, region, structure', () => {
  const steps = byHand(citizenCheck, codes(vectors['citizen_id_GB11643']!['invalid']))
  expect(steps).toEqual([
    'check',
    'date',
    'date',
    'future',
    'region',
    'case',
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
    '2024-060',
    '2024-W09-4',
    '2024-02-29T08:30:00+08:00',
    '2023-02-29',
    '2024-13-01',
    '0000-00-00',
    '1900-01-00',
    '45351',
    '',
    'x',
    '2023-366',
    '2024-000',
    '2023-W53-1',
    '2024-W00-1',
    '2024-W10-8',
    '0000-001',
  ]
  expect(dates.map(isoDate)).toEqual([...Array<string>(10).fill('2024-02-29'), ...Array<undefined>(13).fill(undefined)])
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
