import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { resultSchema } from './schema.ts'

type Node = Readonly<Record<string, unknown>>

/** Paths of the properties below a schema that say nothing of themselves. */
function undescribed(schema: Node, path = ''): string[] {
  const inside = [schema, ...((schema['anyOf'] ?? []) as Node[]), ...(schema['items'] ? [schema['items'] as Node] : [])]
  const below = inside.flatMap((s) => Object.entries((s['properties'] ?? {}) as Record<string, Node>))
  const deeper = inside.slice(1).flatMap((s) => undescribed({ ...s, properties: {} }, path))
  return [
    ...below.flatMap(([name, property]) => [
      ...(typeof property['description'] === 'string' ? [] : [`${path}/${name}`]),
      ...undescribed(property, `${path}/${name}`),
    ]),
    ...deeper,
  ]
}

test('every property of result.json explains itself in the published schema', () => {
  expect(undescribed(resultSchema())).toEqual([])
})

test('the published schema is the one the program uses', () => {
  const published = JSON.parse(readFileSync(new URL('../../schema/result-1.json', import.meta.url), 'utf8')) as Node
  expect(published).toEqual(resultSchema())
})
