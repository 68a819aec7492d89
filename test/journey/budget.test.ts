import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { root } from '../support/run.ts'

const built = join(root, 'dist', 'console')
/** In bytes after gzip, as the console guide promises for the first load and for each page beyond it. */
const budget = 300_000

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
  readonly css?: readonly string[]
}
const manifest = JSON.parse(readFileSync(join(built, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>

/** Every file that is loaded with a chunk. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name]!
  if (seen.has(chunk.file)) return seen
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file)
  for (const next of chunk.imports ?? []) filesOf(next, seen)
  return seen
}

function weight(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file)), { level: 9 }).length, 0)
}

const [entry] = Object.keys(manifest).filter((name) => manifest[name]!.isEntry)
const first = filesOf(entry!)

test('the first load stays within its budget', () => {
  expect(first.size).toBeGreaterThan(2)
  expect(weight(first)).toBeLessThanOrEqual(budget)
})

test('every page and every part loaded later stays within its budget', () => {
  const later = Object.keys(manifest).filter((name) => !first.has(manifest[name]!.file) && name.startsWith('src/'))
  const heavy = later.map((name) => [name, weight([...filesOf(name)].filter((file) => !first.has(file)))] as const)
  expect(heavy.length).toBeGreaterThanOrEqual(8)
  expect(heavy.filter(([, bytes]) => bytes > budget)).toEqual([])
})
