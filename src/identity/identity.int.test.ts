import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datong, scratch } from '../../test/support/run.ts'
import { type Engine, from, openEngine, parquet, type Session } from '../engine/index.ts'
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

describe('the example city against its truth', () => {
  let engine: Engine
  let session: Session
  const dir = scratch()
  const [city, truth, out] = ['city', 'truth', 'out'].map((n) => join(dir.path, n)) as [string, string, string]
  beforeAll(async () => {
    expect(
      (await datong(['demo', city, '--people', '2000', '--enterprises', '400', '--truth', truth, '--quiet'])).code,
    ).toBe(0)
    const ran = await datong(['govern', city, '--out', out, '--data', join(dir.path, 'data'), '--quiet'])
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    engine = await openEngine({ threads: 2 })
    session = await engine.open()
  })
  afterAll(async () => {
    await session[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    dir[Symbol.dispose]()
  })

  test('records said to be one entity are one: pair precision at least 0.999, and most records that carry a good number are joined', async () => {
    const rows = await session.rows(from(parquet([join(out, 'crossref.parquet')])).done())
    const real = new Map(
      readFileSync(join(truth, 'records.csv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','))
        .map(([d, t, k, e]) => [`${d}/${t}/${k}`, e!]),
    )
    const joined = rows
      .map((r) => ({
        entity: `${r['kind']}${r['entity_id']}`,
        truth: real.get(`${r['department']}/${r['dataset']}/${r['record_key']}`),
      }))
      .filter((r) => r.truth !== undefined)
    expect(joined.length).toBeGreaterThan(10_000)
    const pairs = (key: (r: (typeof joined)[number]) => string): number =>
      [...Map.groupBy(joined, key).values()].reduce((n, g) => n + (g.length * (g.length - 1)) / 2, 0)
    const both = pairs((r) => `${r.entity}|${r.truth}`)
    const said = pairs((r) => r.entity)
    const wanted = pairs((r) => r.truth!)
    console.log(
      `pairs: precision ${both / said}, recall among records that were given an entity ${both / wanted}, records ${joined.length} of ${real.size}`,
    )
    expect(both / said).toBeGreaterThan(0.999)
    expect(both / wanted).toBeGreaterThan(0.97)
    expect(joined.length / real.size).toBeGreaterThan(0.9)
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
    expect(Math.abs(people - 2000)).toBeLessThan(40)
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
