import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trinoDialect } from '../../src/engine/index.ts'
import { type Asked, foreignSpelling, relationsOf } from '../../src/engine/testing.ts'
import { recordPlans } from '../support/plans.ts'
import { scratch } from '../support/run.ts'

const dir = scratch()
let asked: readonly Asked[] = []
beforeAll(async () => {
  const { govern, serve } = await recordPlans(dir.path)
  asked = [...govern, ...serve]
})
afterAll(() => dir[Symbol.dispose]())

describe('every plan of a governed city and its server, for an engine without QUALIFY, lists and byte-wise string distance', () => {
  test('the second dialect lacks what the plans must not need', () => {
    expect(trinoDialect.can).toMatchObject({
      qualify: false,
      lists: false,
      aggregateFilter: false,
      fileRowNumber: false,
    })
  })

  test('is rendered, and nothing that only the first engine spells is left in it', () => {
    expect(asked.length).toBeGreaterThan(100)
    for (const { name, plan } of asked) expect([name, foreignSpelling(plan)]).toEqual([name, undefined])
  })

  test('fits into a statement as Trino takes it without being told otherwise (query.max-length)', () => {
    for (const { name, plan } of asked) expect(trinoDialect.render(plan).length, name).toBeLessThan(1_000_000)
  })

  test('says of every relation, column and limit what the plan says: nothing is dropped', () => {
    for (const { plan } of asked) {
      const sql = trinoDialect.render(plan)
      for (const relation of relationsOf(plan)) {
        if (relation.kind === 'named') expect(sql).toContain(trinoDialect.identifier(relation.name))
        if (relation.kind === 'lake') expect(sql).toContain(`"${relation.table.dataset}@${relation.table.version}"`)
        if (relation.kind !== 'select') continue
        for (const [column] of relation.columns) expect(sql).toContain(`AS ${trinoDialect.identifier(column)}`)
        if (relation.limit !== undefined) expect(sql).toContain(`LIMIT ${relation.limit}`)
        if (relation.firstOf) expect(sql).toContain('row_number() OVER')
      }
    }
  })

  test('and the kinds of plan are all there: kept stages, firsts, joins, windows, unions, results read back', () => {
    const relations = asked.flatMap(({ plan }) => relationsOf(plan))
    const selects = relations.filter((r) => r.kind === 'select')
    expect(new Set(relations.map((r) => r.kind))).toEqual(
      new Set(['lake', 'named', 'parquet', 'values', 'unionAll', 'select']),
    )
    expect(selects.some((s) => s.firstOf)).toBe(true)
    expect(new Set(selects.flatMap((s) => s.joins.map((j) => j.kind)))).toContain('left')
    expect(asked.some(({ name }) => name !== '')).toBe(true)
  })
})
