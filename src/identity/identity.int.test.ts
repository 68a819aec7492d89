import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datong, scratch } from '../../test/support/run.ts'
import { bCubed, pairAgreement, readCsv } from '../../test/support/clusters.ts'
import { col, type Engine, eq, from, lit, openEngine, parquet, type Session } from '../engine/index.ts'
import { citizenCheckCharacter } from '../standard/index.ts'
import { groupNames, personNamesAgree } from './index.ts'

describe('names of people', () => {
  test.each([
    ['张三丰', '张三丰', true],
    ['王小明', '李小明', true],
    ['王明', '李明', false],
    ['张伟', '章伟', true],
    ['𬱖某某', '?某某', true],
    ['阿依古丽买买提', '阿依古丽', true],
    ['张三', '李四', false],
    ['欧阳修', '王五', false],
  ])('%s and %s: %s', (a, b, agree) => {
    expect(personNamesAgree(a, b)).toBe(agree)
    expect(personNamesAgree(b, a)).toBe(agree)
  })
  test('groups do not depend on the order of names', () => {
    const names = [
      { name: '张三丰', count: 3 },
      { name: '张三峰', count: 1 },
      { name: '李四', count: 3 },
      { name: '张叁峰', count: 1 },
    ]
    const forward = groupNames(names)
    expect([...groupNames([...names].reverse())].sort()).toEqual([...forward].sort())
    expect(forward.get('张三峰')).toBe(forward.get('张叁峰'))
    expect(forward.get('李四')).not.toBe(forward.get('张三丰'))
  })
})

test("a brother under his brother's number is another person, however alike the names: his birth says so", async () => {
  using dir = scratch()
  const number = '110105198001010011'
  const own = numberOf(number.slice(0, 17))
  const others = Array.from({ length: 8 }, (_, i) => numberOf(`1101051985010${i + 1}101`.slice(0, 17)))
  const filler = others.map((id, i) => [`${i}`, `李小${'甲乙丙丁戊己庚辛'[i]}`, id, `1985-01-0${i + 1}`])
  const write = (department: string, rows: readonly (readonly string[])[]): void => {
    mkdirSync(join(dir.path, 'in', department), { recursive: true })
    const lines = [['编号', '姓名', '公民身份号码', '出生日期'], ...rows].map((r) => r.join(','))
    writeFileSync(join(dir.path, 'in', department, 't.csv'), `${lines.join('\n')}\n`)
  }
  write('甲', [['a1', '张伟强', own, '1980-01-01'], ['a2', '张伟军', own, '1983-05-06'], ...filler])
  write('乙', [['b1', '张伟强', own, '1980-01-01'], ['b2', '张伟墙', own, '1980-01-01'], ...filler])
  const out = join(dir.path, 'out')
  const args = ['govern', join(dir.path, 'in'), '--out', out, '--data', join(dir.path, 'data'), '--quiet']
  expect((await datong(args)).code).toBe(0)
  const entityOf = new Map(readCsv(join(out, 'crossref.csv')).map((r) => [r['record_key']!, r['entity_id']!]))
  expect([entityOf.get('b1'), entityOf.get('b2')]).toEqual([entityOf.get('a1'), entityOf.get('a1')])
  expect(entityOf.get('a2')).toBeDefined()
  expect(entityOf.get('a2')).not.toBe(entityOf.get('a1'))
})

const numberOf = (first17: string): string => first17 + citizenCheckCharacter(first17)

describe('the example city against its truth', () => {
  let engine: Engine
  let session: Session
  /** With the number and the role of each record, as the data directory keeps it. */
  let crossref: string
  const dir = scratch()
  const [city, truth, out] = ['city', 'truth', 'out'].map((n) => join(dir.path, n)) as [string, string, string]
  beforeAll(async () => {
    expect(
      (await datong(['demo', city, '--people', '2000', '--enterprises', '400', '--truth', truth, '--quiet'])).code,
    ).toBe(0)
    const ran = await datong(['govern', city, '--out', out, '--data', join(dir.path, 'data'), '--quiet'])
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    const results = join(dir.path, 'data', 'results')
    const { run } = JSON.parse(readFileSync(join(results, 'current.json'), 'utf8')) as { run: string }
    crossref = join(results, run, 'crossref.parquet')
    engine = await openEngine({ threads: 2 })
    session = await engine.open()
  })
  afterAll(async () => {
    await session[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    dir[Symbol.dispose]()
  })

  /** Records that were given an entity, beside the entity the truth knows, kind by kind. */
  async function placed(kind: 'person' | 'enterprise') {
    const place = (r: Record<string, unknown>): string => `${r['department']}/${r['dataset']}/${r['row']}`
    const mentions = readCsv(join(truth, 'records.csv')).filter((r) => r['kind'] === kind)
    const real = Map.groupBy(mentions, place)
    /** A record of a marriage speaks of two people: then the role tells which. */
    const truthOf = (r: Record<string, unknown>): string | undefined => {
      const own = real.get(place(r)) ?? []
      return (own.length === 1 ? own[0] : own.find((m) => m['role'] === r['role']))?.['entity']
    }
    const rows = await session.rows(
      from(parquet([crossref]))
        .where(eq(col('kind'), lit(kind)))
        .done(),
    )
    const found = rows.map((r) => ({ said: String(r['entity_id']), truth: truthOf(r), place: place(r) }))
    expect(
      found.filter((f) => f.truth === undefined),
      'records of which the truth knows nothing',
    ).toEqual([])
    return { found: found.map((f) => ({ ...f, truth: f.truth! })), mentions: mentions.length }
  }

  test.each(['person', 'enterprise'] as const)(
    'records said to be one %s are one: precision at least 0.999, and records that carry a good number are joined',
    async (kind) => {
      const { found, mentions } = await placed(kind)
      const [pairs, b3] = [pairAgreement(found), bCubed(found)]
      const wrong = [...Map.groupBy(found, (f) => f.said).values()]
        .filter((g) => new Set(g.map((f) => f.truth)).size > 1)
        .slice(0, 5)
      const figures = JSON.stringify({ kind, joined: found.length, mentions, pairs, b3, wrong }, null, 1)
      expect(pairs.precision, figures).toBeGreaterThanOrEqual(0.999)
      expect(b3.precision, figures).toBeGreaterThanOrEqual(0.999)
      expect(pairs.recall, figures).toBeGreaterThan(0.98)
      expect(b3.recall, figures).toBeGreaterThan(0.98)
      expect(found.length / mentions, figures).toBeGreaterThan(0.97)
    },
  )

  test('golden values are the truth where departments say it most, names with their dot', async () => {
    const people = new Map(readCsv(join(truth, 'people.csv')).map((p) => [p['id']!, p]))
    const golden = readCsv(join(out, 'golden', 'person.csv')).flatMap((g) => {
      const person = people.get(g['gmsfhm']!)
      return person && Number(g['departments']) >= 3 ? [{ g, person }] : []
    })
    expect(golden.length).toBeGreaterThan(1500)
    expect(golden.some(({ g }) => g['xm']!.includes('·'))).toBe(true)
    for (const [field, of] of [
      ['xm', 'name'],
      ['csrq', 'birth'],
      ['xb', 'sex'],
    ] as const) {
      const wrong = golden.filter(({ g, person }) => g[field] !== person[of])
      const shown = wrong.slice(0, 5).map(({ g, person }) => [g['entity_id'], g[field], person[of]])
      expect(wrong.length / golden.length, `${field} ${JSON.stringify(shown)}`).toBeLessThan(0.02)
    }
  })

  test('a number used by somebody else, by a parent for a child, or by many accounts merges no two people', async () => {
    const { found } = await placed('person')
    const saidOf = new Map(found.map((f) => [f.place, f.said]))
    const owners = new Map(readCsv(join(truth, 'people.csv')).map((p) => [p['id']!, p['entity']!]))
    const majority = new Map(
      [...Map.groupBy(found, (f) => f.truth)].map(([entity, own]) => {
        const sizes = [...Map.groupBy(own, (f) => f.said)].sort((a, b) => b[1].length - a[1].length)
        return [entity, sizes[0]![0]]
      }),
    )
    const borrowed = readCsv(join(truth, 'errors.csv')).filter((e) => /^(stolen|family)-number$/.test(e['reason']!))
    expect(borrowed.length).toBeGreaterThan(0)
    for (const e of borrowed)
      expect(saidOf.get(`${e['department']}/${e['dataset']}/${e['row']}`), JSON.stringify(e)).not.toBe(
        majority.get(owners.get(e['dirty_value']!)!),
      )
  })

  test("one ID number's 23 accounts and one firm's several names are found, and no number stands open", () => {
    const result = JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as {
      oddities: { kind: string; size: number; words: { zh: string } }[]
      entities: { kind: string; entities: number }[]
    }
    const sizes = new Map(result.oddities.map((o) => [o.kind, o.size]).reverse() as [string, number][])
    expect(sizes.get('one-number-many-accounts')).toBe(23)
    expect(sizes.get('one-firm-many-versions')).toBeGreaterThanOrEqual(3)
    expect(JSON.stringify(result)).not.toMatch(/(?<![0-9a-f])[1-9]\d{5}(19|20)\d{9}[\dX](?![0-9a-f])/)
    const people = result.entities.find((e) => e.kind === 'person')!.entities
    // former names and borrowed numbers are held apart until somebody decides
    expect(people).toBeGreaterThanOrEqual(2000)
    expect(people).toBeLessThan(2000 * 1.03)
  })

  test('the same seed writes the same bytes, another seed others, and truth only where it is asked for', async () => {
    const hashes = async (seed: string) => {
      const folder = join(dir.path, `city-${seed}-${Math.random()}`)
      await datong(['demo', folder, '--people', '200', '--enterprises', '40', '--seed', seed, '--quiet'])
      const names = [
        '公安局/人口信息.csv',
        '税务局/纳税申报.parquet',
        '卫生健康委员会/居民健康档案.ndjson.gz',
        '民政局/最低生活保障.xlsx',
        '住房和城乡建设局/施工许可.zip',
      ]
      return names.map((n) =>
        createHash('sha256')
          .update(readFileSync(join(folder, n)))
          .digest('hex'),
      )
    }
    const first = await hashes('7')
    expect(await hashes('7')).toEqual(first)
    expect(await hashes('8')).not.toEqual(first)
  })
})
