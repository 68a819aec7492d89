import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Rooms in the order data flows; rooms of one rank do not see each other. */
const ranks: readonly (readonly string[])[] = [
  ['core'],
  ['store', 'engine', 'ledger'],
  ['access', 'work'],
  ['source'],
  ['catalogue'],
  ['standard'],
  ['quality'],
  ['identity'],
  ['sample'],
  ['report'],
  ['http', 'cli'],
  ['app'],
]
const rankOf = new Map(ranks.flatMap((rooms, rank) => rooms.map((room) => [room, rank] as const)))

/** Every relative import of a source text: static, dynamic and re-exported. */
function importsOf(text: string): string[] {
  const pattern = /(?:from\s+|import\s*\(\s*|import\s+)['"](\.[^'"]+)['"]/g
  return [...text.matchAll(pattern)].map((found) => found[1]!)
}

/** Why an import goes the wrong way, and which door to use instead; undefined when it is fine. */
function complaint(file: string, target: string): string | undefined {
  const [room, other] = [file.split('/')[1]!, target.split('/')[1]!]
  if (room === other) return undefined
  const [here, there] = [rankOf.get(room), rankOf.get(other)]
  if (here === undefined || there === undefined)
    return `${file}: no room "${room}" or "${other}" is known; give it a place in the order`
  if (there >= here)
    return `${file} imports ${target}: "${other}" does not lie upstream of "${room}"; publish an event, or move the code`
  const door = target.split('/').slice(2).join('/')
  const doors = ['index.ts', 'contract.ts', 'testing.ts']
  return doors.includes(door)
    ? undefined
    : `${file} reaches past a front door: import src/${other}/index.ts, not ${target}`
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (/\.tsx?$/.test(entry.name)) yield relative(root, path)
  }
}

function complaintsOf(file: string): string[] {
  return importsOf(readFileSync(join(root, file), 'utf8'))
    .map((path) => relative(root, resolve(root, dirname(file), path)))
    .filter((target) => target.startsWith('src/'))
    .map((target) => complaint(file, target))
    .filter((words) => words !== undefined)
}

describe('imports flow one way, through front doors', () => {
  test('every file of src keeps to it', () => {
    const files = [...filesBelow(join(root, 'src'))].filter((file) => !file.endsWith('.test.ts'))
    expect(files.length).toBeGreaterThan(50)
    expect(files.flatMap(complaintsOf)).toEqual([])
  })

  test('the console imports only contracts of the server', () => {
    const reached = [...filesBelow(join(root, 'console'))].flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8'))
        .map((path) => relative(root, resolve(root, dirname(file), path)))
        .filter((target) => target.startsWith('src/') && !target.endsWith('/contract.ts'))
        .map((target) => `${file} imports ${target}: only contract.ts of a room is open to the console`),
    )
    expect(reached).toEqual([])
  })

  test('a wrong way is found and the right door is named', () => {
    expect(complaint('src/core/text.ts', 'src/store/index.ts')).toContain('does not lie upstream')
    expect(complaint('src/quality/run.ts', 'src/engine/plan.ts')).toContain('src/engine/index.ts')
    expect(complaint('src/quality/run.ts', 'src/engine/index.ts')).toBeUndefined()
    expect(importsOf(`export * from '../a.ts'\nawait import("./b.ts")\nimport './c.ts'`)).toEqual([
      '../a.ts',
      './b.ts',
      './c.ts',
    ])
  })
})
