import { afterAll, expect, test } from 'vitest'
import { pagesOf } from './page.ts'
import { Reader } from './reader.ts'

const reader = new Reader('zh')
afterAll(() => reader[Symbol.dispose]())

test.each(pagesOf('zh'))('%s can be followed', async (page) => {
  await reader.follow(page)
})

test('the guide has commands to follow', () => {
  expect(pagesOf('zh').length).toBeGreaterThan(10)
})
