import { expect, test } from 'vitest'
import { Reader } from './reader.ts'

test.each([
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
] as const)('%s can be followed', async (page, language) => {
  using reader = new Reader(language)
  expect(await reader.follow(page)).toBeGreaterThan(0)
})
