import { once } from 'node:events'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, violations, walkBack, walkForward } from './browser.ts'
import { type Served, serveCity } from './city.ts'

let browser: Browser
let served: Served
let context: BrowserContext
let page: Page
/** What a console of the browser complained of, and requests that went elsewhere: both stay empty. */
const complaints: string[] = []
const strays: string[] = []

beforeAll(async () => {
  ;[served, browser] = await Promise.all([serveCity(), openBrowser()])
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  context.setDefaultTimeout(30_000)
  page = await context.newPage()
  page.on('console', (m) => void (m.type() === 'error' && complaints.push(m.text())))
  page.on('pageerror', (error) => void complaints.push(error.message))
  page.on('request', (r) => {
    const url = new URL(r.url())
    if (url.protocol !== 'data:' && url.origin !== served.address) strays.push(r.url())
  })
})
afterAll(async () => {
  await browser?.close()
  await served?.[Symbol.asyncDispose]()
})

const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const link = (name: string | RegExp) => page.getByRole('link', { name })

async function open(address: string): Promise<void> {
  await page.goto(new URL(address, served.address).href)
  await settled()
}

/** Until everything the page asked for is there. */
async function settled(): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('h1') !== null && document.querySelector('[aria-busy="true"], .chart-space') === null,
  )
}

describe('an officer works with the console', () => {
  test('a visitor without a session is told how to get in', async () => {
    const stranger = await browser.newPage()
    await stranger.goto(`${served.address}/catalogue`)
    await stranger.getByRole('heading', { name: /Sign in first/ }).waitFor()
    expect(await violations(stranger)).toEqual([])
    await stranger.close()
  })

  test('the printed link signs in once and lands on 首页 with the summary', async () => {
    await page.goto(served.link)
    await heading('首页').waitFor()
    await settled()
    expect(page.url()).toBe(`${served.address}/`)
    await page.getByText('演示数据（合成数据）').waitFor()
    for (const part of ['数据质量六性', '最突出的三个问题', '跨部门主体', '值得一看', '各部门', '存证'])
      await page.getByRole('heading', { name: part }).first().waitFor()
    await page.getByRole('button', { name: '查看数据表' }).first().click()
    await page.getByRole('table', { name: /数据质量六性/ }).waitFor()
    expect(await page.getByText('不适用').count()).toBeGreaterThan(0)
  })

  test('the report opens from 首页 and is refused to a stranger', async () => {
    const href = await page.getByRole('link', { name: '质量报告', exact: true }).getAttribute('href')
    const mine = await context.request.get(`${served.address}${href}`)
    expect(mine.status()).toBe(200)
    expect(await mine.text()).toContain('数据治理报告')
    const theirs = await fetch(`${served.address}${href}`)
    expect(theirs.status).toBe(401)
    expect(await theirs.text()).not.toContain('数据治理报告')
  })

  test('a search of the catalogue stands in the address and survives a reload', async () => {
    await link('数据目录').click()
    await heading('数据目录').waitFor()
    const rows = page.getByRole('rowheader')
    await rows.first().waitFor()
    const all = await rows.count()
    await page.getByLabel('按资源、信息项、数据元查找').fill('人口')
    await page.waitForURL(/[?&]q=/)
    await expect.poll(() => rows.count()).toBeLessThan(all)
    await page.reload()
    await page.getByRole('rowheader', { name: '人口信息' }).waitFor()
    expect(await page.getByLabel('按资源、信息项、数据元查找').inputValue()).toBe('人口')
    await page.getByLabel('按资源、信息项、数据元查找').fill('没有这样的资源')
    await page.getByText('没有符合条件的数据资源').waitFor()
    await page.getByRole('button', { name: '清除筛选' }).click()
    await expect.poll(() => rows.count()).toBe(all)
  })

  test('a resource shows origin, items with evidence, rules, and the rows that fail, masked', async () => {
    await page.getByRole('rowheader', { name: '人口信息' }).getByRole('link').click()
    await heading('人口信息').waitFor()
    await page.getByText(/^[0-9a-f]{64}$/).waitFor()
    await page.getByRole('tab', { name: /信息项/ }).click()
    await link('公民身份号码').click()
    await page.getByText(/对应“公民身份号码”/).waitFor()
    expect(await page.locator('main').textContent()).not.toMatch(/(?<!\d)[1-9]\d{5}(19|20)\d{9}[\dX](?!\d)/)
    await page.getByRole('tab', { name: /质量/ }).click()
    await page.getByRole('table', { name: '质检规则' }).getByRole('link').first().click()
    await page.waitForURL(/rule=/)
    const failing = page.getByRole('table', { name: '不符合的记录' })
    await failing.getByRole('row').nth(1).waitFor()
    expect(await failing.textContent()).toContain('*')
    await page.getByRole('tab', { name: /读取发现/ }).click()
    await page
      .getByText(/读取时没有发现问题|文件/)
      .first()
      .waitFor()
  })

  test('an enterprise shows its versions side by side; a person is found without a trace in the address', async () => {
    await link('主体融合').click()
    await page.getByRole('rowheader').first().getByRole('link').click()
    await page.getByRole('table', { name: '各来源对照' }).waitFor()
    expect(await page.getByRole('columnheader').count()).toBeGreaterThan(3)
    await link(/主体融合/)
      .first()
      .click()
    await page.getByRole('tab', { name: '自然人' }).click()
    await page.getByLabel(/按姓名/).fill('王')
    await page
      .getByText(/已显示|没有找到/)
      .first()
      .waitFor()
    await page.waitForLoadState('networkidle')
    expect(page.url()).toBe(`${served.address}/entities/person`)
  })

  test('Ctrl K finds a resource by a few characters and opens it', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('人口')
    await page.getByRole('option', { name: /人口信息/ }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('option', { name: /人口信息/ }).click()
    await heading('人口信息').waitFor()
  })

  test('a job is started, watched to its end, another one cancelled; a reload loses nothing', async () => {
    await link('首页').first().click()
    await page.getByRole('button', { name: '重新治理' }).click()
    await page.waitForURL(/\/jobs\//)
    await page.getByText('阶段', { exact: true }).waitFor()
    const second = await page.evaluate(
      async () => ((await (await fetch('/api/v1/jobs', { method: 'POST' })).json()) as { id: string }).id,
    )
    await open(`/jobs/${second}`)
    await page.getByRole('button', { name: '取消' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByText('已取消').first().waitFor()
    await page.reload()
    await page.getByText('已取消').first().waitFor()
    await link('作业').first().click()
    await page.getByRole('cell', { name: '完成' }).waitFor({ timeout: 120_000 })
  })

  test('the language switches on the spot and is kept', async () => {
    await page.getByRole('button', { name: 'English' }).click()
    await heading('Jobs').waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
    await page.reload()
    await heading('Jobs').waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await heading('作业').waitFor()
  })
})

const pages: readonly (readonly [string, string])[] = [
  ['home', '/'],
  ['the catalogue', '/catalogue'],
  ['an empty search', '/catalogue?q=没有这样的资源'],
  ['a resource', '/catalogue/公安局/人口信息'],
  ['its items', '/catalogue/公安局/人口信息?tab=items&item=公民身份号码'],
  ['its quality', '/catalogue/公安局/人口信息?tab=quality'],
  ['a rule with failing rows', '/catalogue/公安局/人口信息?tab=quality&rule=0101/standard@手机号码'],
  ['its reading', '/catalogue/公安局/人口信息?tab=reading'],
  ['what was met while reading', '/reading'],
  ['a resource that is not there', '/catalogue/公安局/没有'],
  ['enterprises', '/entities/enterprise'],
  ['an enterprise', '/entities/enterprise/E0000001'],
  ['people', '/entities/person'],
  ['a person', '/entities/person/P0000001'],
  ['jobs', '/jobs'],
  ['a job that is not there', '/jobs/none'],
  ['an address that is not there', '/nowhere'],
]

describe('every page', () => {
  test.each(pages)(
    '%s: no violation in 中 and 英, light and dark; fits; Tab goes through and back',
    async (_, address) => {
      await open(address)
      for (const theme of ['改用深色', 'Use the light theme']) {
        const found: Record<string, string[]> = { [`before ${theme}`]: await violations(page) }
        await page.getByRole('button', { name: theme }).click()
        found[`after ${theme}`] = await violations(page)
        expect(found).toEqual({ [`before ${theme}`]: [], [`after ${theme}`]: [] })
        await page.getByRole('button', { name: /English|中文/ }).click()
      }
      for (const [width, height] of [
        [1920, 1080],
        [1366, 768],
      ] as const) {
        await page.setViewportSize({ width, height })
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(over, `${width} px`).toBeLessThanOrEqual(0)
      }
      const forward = await walkForward(page)
      const back = await walkBack(page)
      expect(forward.length).toBeGreaterThan(8)
      expect(new Set(back)).toEqual(new Set(forward))
    },
  )

  test('nothing was complained of in the console, nothing was asked of another host', () => {
    const expected = /status of 404/ // the resource that is not there
    expect(complaints.filter((words) => !expected.test(words))).toEqual([])
    expect(strays).toEqual([])
  })
})

describe('leaving', () => {
  test('a lost connection is told with a way on, and the page mends itself when asked', async () => {
    await open('/catalogue/公安局/人口信息')
    await link('数据目录').last().click()
    await page.getByRole('rowheader', { name: '机动车登记' }).waitFor()
    await context.setOffline(true)
    await link('机动车登记').click()
    const alert = page.getByRole('alert')
    await alert.getByText('console.no-connection').waitFor()
    expect(await violations(page)).toEqual([])
    await context.setOffline(false)
    await alert.getByRole('button', { name: '重试' }).click()
    await page.getByText(/^[0-9a-f]{64}$/).waitFor()
  })

  test('signing out shows how to get in, on every page that is open', async () => {
    const other = await context.newPage()
    await other.goto(served.address)
    await other.getByRole('heading', { name: '首页' }).waitFor()
    await open('/')
    await page.getByRole('button', { name: '退出' }).click()
    await page.getByRole('heading', { name: /请先登录/ }).waitFor()
    await other.getByRole('link', { name: '数据目录' }).click()
    await other.getByRole('heading', { name: /请先登录/ }).waitFor()
    expect((await context.request.get(`${served.address}/api/v1/summary`)).status()).toBe(401)
  })

  test('the server stops at once although a console listens to its jobs', async () => {
    const watching = await fetch(`${served.address}/healthz`)
    expect(watching.status).toBe(200)
    const closed = once(served.process, 'close')
    served.process.kill('SIGTERM')
    const [code] = (await closed) as [number | null]
    expect(code).toBe(0)
  })
})
