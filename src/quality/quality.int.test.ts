import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scratch } from '../../test/support/run.ts'
import { profileDataset } from '../catalogue/index.ts'
import { csvField } from '../core/index.ts'
import { type Engine, openEngine, type Session } from '../engine/index.ts'
import { foreignSpelling } from '../engine/testing.ts'
import { loadFolder } from '../source/index.ts'
import { bindColumns } from '../standard/index.ts'
import {
  checkAcross,
  checkDataset,
  mostReasons,
  deriveRules,
  type FailingRow,
  groupFigures,
  indicatorsOf,
  planAgreement,
  planDetails,
  planJudged,
  planMaskCounts,
  planPicks,
  planUnique,
  type RuleResult,
} from './index.ts'

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

type Table = { header: string[]; rows: string[][] }
async function check(tables: Record<string, Table>) {
  using dir = scratch()
  for (const [path, t] of Object.entries(tables)) {
    mkdirSync(join(dir.path, 'in', path, '..'), { recursive: true })
    writeFileSync(
      join(dir.path, 'in', `${path}.csv`),
      `${[t.header, ...t.rows].map((r) => r.map(csvField).join(',')).join('\n')}\n`,
    )
  }
  const { versions } = await loadFolder({
    session,
    folder: join(dir.path, 'in'),
    lake: join(dir.path, 'lake'),
    scratch: join(dir.path, 's'),
  })
  const failing: FailingRow[] = []
  const rules: RuleResult[] = []
  const parts = []
  for (const { table } of versions) {
    const { profile, samples } = await profileDataset(session, table)
    const bindings = bindColumns(profile, samples, today)
    const derived = deriveRules(profile, bindings, today)
    const rowRules = derived.filter((r) => r.kind === 'row')
    for (const rule of rowRules) expect(Object.keys(rule.reasons).length).toBeLessThanOrEqual(mostReasons)
    for (const plan of [
      [planJudged(table, rowRules)],
      planMaskCounts(rowRules),
      planPicks(
        rowRules.map((_, i) => i),
        5,
      ),
      planDetails(
        table,
        rowRules,
        rowRules.map((_, i) => i),
      ),
      ...derived.filter((r) => r.kind === 'unique').map((r) => planUnique(table, r)),
    ])
      expect(foreignSpelling(plan)).toBeUndefined()
    const checked = await checkDataset(
      session,
      table,
      derived,
      { failingLimit: 1000, hasKey: profile.keys.length > 0 },
      async (rows) => void failing.push(...rows),
    )
    rules.push(...checked.rules)
    parts.push({ table, bindings })
  }
  const across = await checkAcross(session, parts, today)
  return { rules: [...rules, ...across], failing, parts }
}
const figure = (rules: readonly RuleResult[], id: string) => {
  const r = rules.find((rule) => rule.id === id)
  return r && [r.a, r.b, r.failing]
}

const good = ['11010519491231002X', '440524188001010014']
const people: Table = {
  header: ['编号', '姓名', '公民身份号码', '性别', '出生日期', '备注'],
  rows: [
    ['1', '张三', good[0]!, '2', '1949-12-31', 'x'],
    ['2', '李四', '11010519491231002x', '1', '1949-12-31', '锟斤拷'],
    ['3', '', '110105194912310021', '1', '1949-12-30', '无'],
    ['4', '王五', good[1]!, '1', '1880-01-02', '测试'],
    ['5', '赵六', '', '3', '2024-02-30', 'y'],
    ['6', '孙七', good[1]!, '9', '', ''],
  ],
}

test('each indicator counts what a person would count on six records', async () => {
  const { rules, failing } = await check({ 'd/people': people })
  expect(figure(rules, '0101/standard@公民身份号码')).toEqual([3, 5, 2])
  expect(figure(rules, '0302/format@公民身份号码')).toEqual([4, 5, 1])
  expect(figure(rules, '0105/code@性别')).toEqual([5, 6, 1])
  expect(figure(rules, '0201/required@姓名')).toEqual([5, 6, 1])
  expect(figure(rules, '0201/required@公民身份号码')).toEqual([5, 6, 1])
  expect(figure(rules, '0302/format@出生日期')).toEqual([5, 5, 0])
  expect(figure(rules, '0101/standard@出生日期')).toEqual([4, 5, 1])
  expect(figure(rules, '0305/dirty@备注')).toEqual([3, 5, 3])
  expect(figure(rules, '0402/agree@公民身份号码+出生日期')).toEqual([2, 3, 1])
  expect(figure(rules, '0402/agree@公民身份号码+性别')).toEqual([2, 3, 1])
  expect(figure(rules, '0303/copies')).toEqual([0, 6, 0])
  const reasons = failing
    .filter((f) => f.rule === '0101/standard@公民身份号码')
    .map((f) => [f.row, f.value, f.reason.en])
  expect(reasons).toEqual([
    [2, '110***********002x', 'lower case; fits in upper case'],
    [3, '110***********0021', 'the check character does not fit'],
  ])
  for (const f of failing.filter((f) => f.column === '公民身份号码')) expect(f.value).not.toMatch(/^\d{15,}/)
})

test('copies, repeated keys and contradicting departments are counted once each', async () => {
  const firm = [
    '91350100M000100Y43',
    '91330100799655058B',
    '9144030071526726XG',
    '914403001922038216',
    '91110000802100433B',
    '11330283002982634F',
  ]
  const registers: Record<string, Table> = {
    '甲/企业': {
      header: ['统一社会信用代码', '企业名称', '法定代表人'],
      rows: [...firm.map((u, i) => [u, `企业${i}有限公司`, `人${i}`]), [firm[0]!, '企业0有限公司', '人0']],
    },
    '乙/纳税人': {
      header: ['纳税人识别号', '纳税人名称', 'FDDBR'],
      rows: firm.slice(0, 5).map((u, i) => [u, i === 2 ? '别名公司' : `企业${i}有限公司`, `人${i}`]),
    },
  }
  const { rules, parts } = await check(registers)
  expect(figure(rules, '0303/copies')).toEqual([0, 5, 0])
  expect(rules.filter((r) => r.id === '0303/copies').map((r) => [r.department, r.a, r.b])).toEqual([
    ['乙', 0, 5],
    ['甲', 1, 7],
  ])
  expect(figure(rules, '0304/unique@统一社会信用代码')).toEqual([5, 7, 2])
  expect(figure(rules, '0401/same@enterprise/QYMC')).toEqual([4, 5, 1])
  expect(figure(rules, '0401/same@enterprise/FDDBR')).toEqual([5, 5, 0])
  expect(
    foreignSpelling(
      planAgreement({
        kind: 'enterprise',
        element: 'QYMC',
        sources: parts.map(({ table }) => ({
          table,
          key: { kind: 'column', name: 'x' },
          value: { kind: 'column', name: 'y' },
        })),
      }),
    ),
  ).toBeUndefined()
})

test('no rule, no figure: B = 0 stays 0, and a group adds indicators of one unit only', () => {
  const none = indicatorsOf([], 'city')
  expect(none.every((i) => i.a === 0 && i.b === 0)).toBe(true)
  const rule = (indicator: string, unit: RuleResult['unit'], a: number, b: number): RuleResult => ({
    id: indicator,
    indicator,
    severity: 'weak',
    department: 'd',
    dataset: 't',
    columns: [],
    words: { zh: '', en: '' },
    cites: '',
    unit,
    a,
    b,
    failing: indicator === '0305' ? a : b - a,
  })
  const groups = groupFigures(
    indicatorsOf(
      [
        rule('0302', 'cell', 8, 10),
        rule('0305', 'cell', 1, 20),
        rule('0304', 'row', 1, 5),
        rule('0402', 'row', 3, 4),
        rule('0401', 'pair', 1, 2),
      ],
      'city',
    ),
  )
  expect(groups.find((g) => g.code === '03')).toMatchObject({
    unit: 'cell',
    a: 27,
    b: 30,
    indicators: ['0302', '0305'],
    others: [{ unit: 'row', a: 1, b: 5, indicators: ['0304'] }],
  })
  expect(groups.find((g) => g.code === '04')).toMatchObject({
    unit: 'row',
    a: 3,
    b: 4,
    others: [{ unit: 'pair', a: 1, b: 2, indicators: ['0401'] }],
  })
  expect(groups.find((g) => g.code === '06')).toMatchObject({ unit: null, a: 0, b: 0, indicators: [], others: [] })
})
