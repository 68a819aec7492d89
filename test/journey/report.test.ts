import { statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datong, scratch } from '../support/run.ts'
import { openBrowser, violations } from './browser.ts'

describe('a director opens report.html from a folder', () => {
  const dir = scratch()
  const path = join(dir.path, 'out', 'report.html')
  let browser: Browser
  let page: Page
  const asked: string[] = []
  beforeAll(async () => {
    const city = join(dir.path, 'city')
    await datong(['demo', city, '--people', '1500', '--enterprises', '600', '--quiet'])
    const args = [
      'govern',
      city,
      '--out',
      join(dir.path, 'out'),
      '--data',
      join(dir.path, 'data'),
      '--lang',
      'zh',
      '--quiet',
    ]
    expect((await datong(args)).code).toBe(0)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
    page.on('request', (r) => void asked.push(r.url()))
    await page.goto(pathToFileURL(path).href)
  })
  afterAll(async () => {
    await browser?.close()
    dir[Symbol.dispose]()
  })

  test('it is one file of modest size and asks for nothing else', () => {
    expect(asked).toEqual([pathToFileURL(path).href])
    expect(statSync(path).size).toBeLessThan(1_000_000)
  })

  test('the language is chosen by mouse or keyboard and no word of the other is left', async () => {
    const shown = (lang: string): Promise<number> => page.locator(`span[lang="${lang}"]:visible`).count()
    expect(await shown('zh-CN')).toBeGreaterThan(100)
    expect(await shown('en')).toBe(0)
    await page.getByText('English', { exact: true }).click()
    expect(await shown('en')).toBeGreaterThan(100)
    expect(await shown('zh-CN')).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.locator('#en').focus()
    await page.keyboard.press('ArrowLeft')
    expect(await shown('en')).toBe(0)
    expect(await violations(page)).toEqual([])
  })

  test('it holds departments, groups with A and B, problems with commands, 23 accounts, a firm with its versions, evidence', async () => {
    for (const said of [
      '公安局',
      '规范性',
      '不适用',
      'npx datong rows',
      '23 条记录',
      '个名称版本',
      'SHA-256',
      '合成数据',
    ])
      expect(await page.getByText(said).filter({ visible: true }).count(), said).toBeGreaterThan(0)
    const versions = page.getByRole('table', { name: /的各个版本/ })
    expect(await versions.getByRole('row').count()).toBeGreaterThan(3)
    const chart = page.getByRole('img', { name: /不符合率/ })
    expect(await chart.locator('rect').count()).toBeGreaterThan(10)
  })

  test('on a narrow screen the page does not scroll sideways; tables do', async () => {
    await page.setViewportSize({ width: 380, height: 800 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(380)
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 1200, height: 900 })
  })

  test('on paper every dataset is open, heads of tables are repeated and nothing is cut at the edge', async () => {
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 700, height: 1000 })
    const cut = await page.evaluate(() => {
      const edge = document.documentElement.clientWidth
      return [...document.querySelectorAll('table')]
        .filter((table) => table.getBoundingClientRect().right > edge + 1)
        .map((table) => table.caption?.textContent ?? '')
    })
    expect(cut).toEqual([])
    const closed = await page.evaluate(
      () =>
        [...document.querySelectorAll('details table')].filter((table) => table.getBoundingClientRect().height === 0)
          .length,
    )
    expect(closed).toBe(0)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
    expect(pages).toBeGreaterThan(4)
    await page.emulateMedia({ media: 'screen' })
  })
})
