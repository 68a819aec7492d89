import fc from 'fast-check'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scratch } from '../../test/support/run.ts'
import type { DatasetName, DepartmentName, VersionId } from '../core/index.ts'
import { type LakeTable, openEngine } from '../engine/index.ts'
import { csvField } from '../core/index.ts'
import { profileDataset, profileDefaults } from './index.ts'

test('a table counted in memory and one counted by the engine have the same profile', async () => {
  using dir = scratch()
  await using engine = await openEngine({ threads: 2, memory: '1GB' })
  await using session = await engine.open()
  const unit = fc.constantFrom('a', '1', '汉', '𬱖', '\uff21', '　', ' ', '-', 'N', '/', '\ue000', '￥')
  const cell = fc.oneof(fc.string({ unit, maxLength: 4 }), fc.constantFrom('', '无', ' n/a ', '－', 'NULL', '　'))
  let turn = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 }), async (rows) => {
      const [csv, parquet] = ['csv', 'parquet'].map((kind) => join(dir.path, `${turn}.${kind}`))
      turn++
      writeFileSync(csv!, rows.map((r, i) => `${i},${r.map(csvField).join(',')}\n`).join(''))
      const columns = ['k', 'a', 'b']
      const input = {
        format: 'csv',
        path: csv!,
        encoding: 'utf-8',
        delimiter: ',',
        quote: '"',
        newline: '\n',
        skip: 0,
        columns,
      } as const
      await session.load(input, parquet!)
      const table: LakeTable = {
        department: 'd' as DepartmentName,
        dataset: 't' as DatasetName,
        version: 'v' as VersionId,
        files: [{ path: parquet!, rows: rows.length }],
        columns,
        rowNumbers: 'position',
      }
      const whole = await profileDataset(session, table)
      const scanned = await profileDataset(
        session,
        { ...table, files: [{ path: parquet!, rows: rows.length }] },
        {},
        { ...profileDefaults, sampleRows: 1 },
      )
      const counts = (p: typeof whole) =>
        p.profile.fields.map(({ shapes: _s, inferred: _i, ...rest }) => ({
          ...rest,
          top: rest.top.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
        }))
      if (rows.length > 1) expect(counts(scanned)).toEqual(counts(whole))
      expect(scanned.profile.keys).toEqual(whole.profile.keys)
    }),
    { numRuns: 60, seed: 3 },
  )
})
