import { afterAll, expect, test } from 'vitest'
import { pagesOf } from './page.ts'
import { Reader } from './reader.ts'

const reader = new Reader('en')
afterAll(() => reader[Symbol.dispose]())

test.each(pagesOf('en'))('%s can be followed', async (page) => {
  await reader.follow(page)
})

test('the guide has commands to follow', () => {
  expect(pagesOf('en').length).toBeGreaterThan(10)
})
