import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from '../support/plans.ts'
import { root, scratch } from '../support/run.ts'

const dir = scratch()
afterAll(() => dir[Symbol.dispose]())
const at = (...names: string[]): string => join(dir.path, ...names)
const home = at('home')

/** A stranger's terminal: nothing of this checkout on the path, nothing that npm says to its scripts. */
const path = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((p) => !p.includes('node_modules'))
  .join(delimiter)
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|INIT_CWD)/.test(name)))
const strangers = { cwd: home, env: { ...env, PATH: path, LANG: 'C', LC_ALL: '' } }

interface Packed {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly { readonly path: string }[]
}
let packed: Packed
const names = (): string[] => packed.files.map((f) => f.path)

const npm = (...args: string[]): string => execFileSync('npm', args, { ...strangers, encoding: 'utf8' })
const datong = (...args: string[]): string =>
  execFileSync(at('home', 'node_modules', '.bin', 'datong'), args, { ...strangers, encoding: 'utf8' })

beforeAll(() => {
  if (!existsSync(join(root, 'dist', 'src', 'app', 'main.js'))) throw new Error('run `npm run build` first')
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n')
  const [report] = JSON.parse(
    npm('pack', root, '--ignore-scripts', '--json', '--pack-destination', dir.path),
  ) as Packed[]
  packed = report!
  const mebibytes = (bytes: number): string => (bytes / 1048576).toFixed(2)
  console.log(`${packed.filename}: ${mebibytes(packed.size)} MiB, unpacked ${mebibytes(packed.unpackedSize)} MiB`)
  npm('install', '--prefer-offline', '--no-audit', '--no-fund', at(packed.filename))
})

describe('the tarball', () => {
  test('holds the program, the console, data, schema, the guide, licences and both READMEs', () => {
    expect(names()).toEqual(
      expect.arrayContaining([
        'bin/datong.js',
        'dist/src/app/main.js',
        'dist/console/index.html',
        'data/codelists/gbt2260-history.csv',
        'schema/result-1.json',
        'docs/guide/en/README.md',
        'docs/guide/zh/README.md',
        'LICENSE',
        'NOTICE',
        'README.md',
        'README.zh-CN.md',
      ]),
    )
  })
  test('holds no tests, vectors, sources, caches, types or keys, and is small', () => {
    const unwanted =
      /\.test\.|(^|\/)(test|judges|bench|scripts|node_modules|\.cache|vectors)\/|^(src|console|docs(?!\/guide\/))\/|\.tsx?$|tsbuildinfo|\.map$|\.key$|testing\.js$/
    expect(names().filter((name) => unwanted.test(name))).toEqual([])
    expect(packed.size).toBeLessThan(6 * 1048576)
  })
})

describe('installed into an empty folder', () => {
  test('says its version and offers its schema', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect(datong('--version').trim()).toBe(manifest.version)
    const schema = join(home, 'node_modules', 'datong', 'schema', 'result-1.json')
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toHaveProperty('properties.schema')
  })

  test('governs a folder', () => {
    mkdirSync(at('folder', '公安局'), { recursive: true })
    writeFileSync(
      at('folder', '公安局', '人口.csv'),
      '公民身份号码,姓名\n11010519491231002X,张三\n110105194912310021,李四\n',
    )
    datong('govern', at('folder'), '--out', at('out'), '--data', at('data'), '--quiet')
    const result = JSON.parse(readFileSync(at('out', 'result.json'), 'utf8')) as {
      totals: object
      datasets: { rules: { id: string; a: number; b: number }[] }[]
    }
    expect(result.totals).toMatchObject({ departments: 1, datasets: 1, rows: 2 })
    const standard = result.datasets[0]!.rules.find((r) => r.id.startsWith('0101'))
    expect([standard?.a, standard?.b]).toEqual([1, 2])
  })

  test('serves: a link signs in, the summary answers, SIGTERM ends it and what it started', async () => {
    const server = spawn(
      at('home', 'node_modules', '.bin', 'datong'),
      ['serve', at('folder'), '--data', at('data'), '--port', '0', '--quiet'],
      { ...strangers, stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const link = await linkOf(server)
    const ask = await signedIn(link)
    expect(await ask('/summary')).toMatchObject({ result: { totals: { rows: 2 } } })
    const page = await fetch(new URL('/sign-in', link))
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    const home = await (await fetch(new URL('/', link))).text()
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(home)?.[1]
    expect(script, home).toBeDefined()
    expect((await fetch(new URL(script!, link))).status).toBe(200)
    const { code, seconds } = await ended(server, 'SIGTERM')
    expect(code).not.toBeNull()
    expect(seconds).toBeLessThan(5)
    await expect(fetch(new URL('/healthz', link))).rejects.toThrow()
  })

  test('a run under way stops at Ctrl C, whatever Node started it, and lets go of its data directory', async () => {
    datong('demo', at('city'), '--people', '3000', '--enterprises', '500', '--quiet')
    const run = spawn(
      at('home', 'node_modules', '.bin', 'datong'),
      ['govern', at('city'), '--out', at('cancelled'), '--data', at('data-c')],
      { ...strangers, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    await new Promise<void>((seen) => run.stderr!.on('data', (chunk: Buffer) => chunk.includes('profiling') && seen()))
    const { code, seconds } = await ended(run, 'SIGINT')
    expect([code, existsSync(at('cancelled'))]).toEqual([130, false])
    expect(seconds).toBeLessThan(5)
    // the program itself, not only its launcher, has let go of the data directory
    expect(datong('ledger', 'status', '--data', at('data'))).toContain('size')
    expect(datong('govern', at('folder'), '--out', at('out-c'), '--data', at('data-c'), '--quiet')).toContain('1')
  })
})

function linkOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    server.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const link = /http:\/\/\S+\/sign-in#\S+/.exec(said)
      if (link) resolve(link[0])
    })
    server.once('close', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  })
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<{ code: number | null; seconds: number }> {
  const began = performance.now()
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  child.kill(signal)
  return { code: await code, seconds: (performance.now() - began) / 1000 }
}
