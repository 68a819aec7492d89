import { expect, test } from 'vitest'
import { Reader } from './reader.ts'

test('README.md can be followed; README.zh-CN.md has the same commands', async () => {
  using reader = new Reader('en')
  expect(await reader.follow('README.md')).toBeGreaterThan(0)
})
