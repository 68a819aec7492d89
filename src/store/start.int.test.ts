import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { provide } from './embedded/snapshot.ts'
import { holdDirectory } from './hold.ts'
import { openStore } from './store.ts'

const above = mkdtempSync(join(tmpdir(), 'datong-start-'))
let data: string
let count = 0
beforeEach(() => {
  data = join(above, String(count++))
  mkdirSync(data)
})
afterAll(() => rmSync(above, { recursive: true, force: true }))

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no fault',
    (error: { code?: string }) => String(error.code),
  )
const open = async (signal?: AbortSignal): Promise<void> => {
  await using held = await holdDirectory(data)
  await using store = await openStore({ address: 'embedded', held, migrations: [], ...(signal ? { signal } : {}) })
  await store.check()
}

describe('the first start', () => {
  test('a prepared database that is not whole is left alone, and one is made instead; what a crash left is cleared', async () => {
    const folder = join(data, 'store')
    const broken = join(data, 'broken.zst')
    writeFileSync(broken, 'not a prepared database')
    mkdirSync(`${folder}.part-dead`)
    await provide(folder, [broken])
    expect(existsSync(join(folder, 'PG_VERSION'))).toBe(true)
    expect(readdirSync(data).sort()).toEqual(['broken.zst', 'store'])
    expect(statSync(folder).mode & 0o077).toBe(0)
    await open()
  })

  test('giving up while it opens leaves no lock, and the next start goes on', async () => {
    const stop = new AbortController()
    const opening = code(open(stop.signal))
    setTimeout(() => stop.abort(), 100)
    expect(await opening).not.toBe('no fault')
    expect(existsSync(join(data, 'lock'))).toBe(false)
    await open()
  })

  test('a damaged database is said to be damaged, and stays as it is for whoever can mend it', async () => {
    await open()
    const control = join(data, 'store', 'global', 'pg_control')
    truncateSync(control, 100)
    expect(await code(open())).toBe('store.damaged')
    expect(statSync(control).size).toBe(100)
  })
})

describe('one writer per data directory', () => {
  const holder = (): Promise<{ pid: number; kill(): Promise<void> }> => {
    const program = `import { holdDirectory } from ${JSON.stringify(new URL('./hold.ts', import.meta.url).href)}
      await holdDirectory(${JSON.stringify(data)}); console.log('held'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const kill = async (): Promise<void> => {
      const gone = new Promise((ended) => child.once('exit', ended))
      child.kill('SIGKILL')
      await gone
    }
    return new Promise((held) => child.stdout.once('data', () => held({ pid: child.pid!, kill })))
  }

  test('a second process is refused and told who holds it; after kill -9 the lock is taken over', async () => {
    const { pid, kill } = await holder()
    const refused = await holdDirectory(data).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'store.in-use', particulars: { pid } })
    await kill()
    await using held = await holdDirectory(data)
    expect(held.path).toBe(data)
  })

  test.each([
    ['half written', '{"pid":'],
    ['of a process that is long gone', JSON.stringify({ pid: 2 ** 22 - 1, began: '1' })],
    ['of another process that had our number', JSON.stringify({ pid: process.pid, began: '1' })],
  ])('a lock %s is taken over', async (_, text) => {
    writeFileSync(join(data, 'lock'), text)
    await using _held = await holdDirectory(data)
  })

  test('of many who find a stale lock at once, one gets it', async () => {
    writeFileSync(join(data, 'lock'), JSON.stringify({ pid: 2 ** 22 - 1, began: '1' }))
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => holdDirectory(data)))
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    expect(readdirSync(data)).toEqual(['lock'])
  })
})
