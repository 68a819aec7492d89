import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SignIn } from '../access/index.ts'
import { systemClock } from '../core/index.ts'
import { buildServer, type Services, sessionCookie } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'datong-pages-'))
const script = 'export const built = true\n'.repeat(80)
const signIn = new SignIn(systemClock)
const { secret } = await signIn.redeem(signIn.issue())
/** The pages ask for nothing else of the program behind them. */
const services = {
  version: '0.0.0',
  who: async (cookie: string) => signIn.who(cookie) && { role: 'bureau', expiresAt: '' },
  report: async (language: string | undefined) => `<h1>report ${language}</h1>`,
} as unknown as Services

beforeAll(() => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>console</title>')
  writeFileSync(join(folder, 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'assets', 'index-a1b2.js'), script)
  writeFileSync(join(folder, 'assets', 'index-a1b2.js.gz'), gzipSync(script))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function asking(console: readonly string[]) {
  const server = await buildServer({ services, hosts: ['127.0.0.1'], console })
  return (url: string, headers: Record<string, string> = {}, cookies: Record<string, string> = {}) =>
    server.inject({ url, headers: { host: '127.0.0.1', ...headers }, cookies })
}
const page = { accept: 'text/html' }
const session = { [sessionCookie]: secret }

describe('a built console', () => {
  test('answers every address a browser opens, never from a cache, under a strict policy', async () => {
    const ask = await asking([join(folder, 'not-here'), folder])
    for (const url of [
      '/',
      '/catalogue',
      '/catalogue/%E5%85%AC%E5%AE%89%E5%B1%80/%E4%BA%BA%E5%8F%A3',
      '/jobs/1?tab=x',
    ]) {
      const { statusCode, headers, body } = await ask(url, page)
      expect([url, statusCode, body]).toEqual([url, 200, '<!doctype html><title>console</title>'])
      expect(headers['cache-control']).toBe('no-store')
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'; script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    }
  })

  test('its files never change under their names, and travel compressed where a browser takes that', async () => {
    const ask = await asking([folder])
    const plain = await ask('/assets/index-a1b2.js')
    expect([plain.statusCode, plain.body]).toEqual([200, script])
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(plain.headers['content-type']).toContain('javascript')
    const packed = await ask('/assets/index-a1b2.js', { 'accept-encoding': 'gzip' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.rawPayload.length).toBeLessThan(script.length)
  })

  test('a program that asks for what is not there gets a fault, and so does a way out of the folder', async () => {
    const ask = await asking([folder])
    const addresses = ['/api/v1/nothing', '/nothing', '/assets/nothing.js', '/assets/..%2findex.html']
    for (const url of addresses) expect([url, (await ask(url)).statusCode]).toEqual([url, 404])
    expect((await ask('/api/v1/nothing', page)).json()).toMatchObject({ code: 'http.not-found' })
  })
})

test('a console that has not been built says so to whoever has signed in, and offers the report', async () => {
  const ask = await asking([])
  const stranger = await ask('/', page)
  expect([stranger.statusCode, stranger.body.includes('/report')]).toEqual([401, false])
  const { statusCode, body } = await ask('/', page, session)
  expect(statusCode).toBe(503)
  expect(body).toContain('npm run build')
  expect(body).toContain('href="/report"')
})

test('the report needs a session and opens in the language asked for', async () => {
  const ask = await asking([folder])
  expect((await ask('/report', page)).statusCode).toBe(401)
  expect((await ask('/report?lang=en', page, session)).body).toBe('<h1>report en</h1>')
  expect((await ask('/report?lang=xx', page, session)).body).toBe('<h1>report undefined</h1>')
})
