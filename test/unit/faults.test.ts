import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { faults } from '../../src/core/faults/index.ts'
import { type FaultRow, fault } from '../../src/core/index.ts'
import { root } from '../support/run.ts'

const rows = Object.entries(faults) as [keyof typeof faults, FaultRow][]
const placesOf = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!))].sort()

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith(join('core', 'faults')))
  .map((name) => [name, readFileSync(join(root, 'src', name), 'utf8')] as const)

test('every fault that stands in the table can happen: some line of the program raises it', () => {
  const idle = rows.map(([code]) => code).filter((code) => !sources.some(([, text]) => text.includes(`'${code}'`)))
  expect(idle).toEqual([])
})

test.each(rows)('%s says the same in 中 and 英, with every place filled', (code, row) => {
  expect(placesOf(row.zh)).toEqual(placesOf(row.en))
  expect(row.zh).toMatch(/\p{Script=Han}/u)
  expect(row.en).not.toMatch(/\p{Script=Han}/u)
  expect(row.status).toBeGreaterThanOrEqual(400)
  expect(row.status).toBeLessThan(600)
  const made = fault(code, Object.fromEntries(placesOf(row.en).map((name) => [name, `<${name}>`])))
  expect(made.words.zh + made.words.en).not.toMatch(/\{\w+\}/)
  for (const name of placesOf(row.en)) expect(made.words.zh).toContain(`<${name}>`)
})

/** What a call of `fault` hands over, as far as it is written out there. */
function particularsOf(text: string): [code: string, names: string[]][] {
  return [...text.matchAll(/\bfault\(\s*'([a-z]+\.[a-z0-9-]+)'\s*,\s*\{([^{}]*)\}/g)].map((found) => [
    found[1]!,
    found[2]!
      .split(',')
      .map((part) => part.split(':')[0]!.trim())
      .filter((name) => /^\w+$/.test(name)),
  ])
}

test('whoever raises a fault fills every place of its words', () => {
  const lacking = sources.flatMap(([name, text]) =>
    particularsOf(text).flatMap(([code, given]) =>
      placesOf(faults[code as keyof typeof faults].en)
        .filter((place) => !given.includes(place))
        .map((place) => `${name}: ${code} without {${place}}`),
    ),
  )
  const bare = sources.flatMap(([name, text]) =>
    [...text.matchAll(/\bfault\(\s*'([a-z]+\.[a-z0-9-]+)'\s*\)/g)]
      .filter((found) => placesOf(faults[found[1] as keyof typeof faults].en).length > 0)
      .map((found) => `${name}: ${found[1]}`),
  )
  expect([...lacking, ...bare]).toEqual([])
})
