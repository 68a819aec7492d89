import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { datong, root, scratch, start } from '../support/run.ts'
import { resultSchema } from '../../src/report/index.ts'

const dir = scratch()
const at = (name: string): string => join(dir.path, name)
const read = (...parts: string[]): string => readFileSync(join(...parts), 'utf8')
afterAll(() => dir[Symbol.dispose]())

function* filesBelow(folder: string, below = ''): Generator<string> {
  for (const e of readdirSync(join(folder, below), { withFileTypes: true })) {
    if (e.isDirectory()) yield* filesBelow(folder, join(below, e.name))
    else yield join(below, e.name)
  }
}

describe('governing a folder', () => {
  beforeAll(async () => {
    await datong(['demo', at('city'), '--people', '600', '--enterprises', '120', '--quiet'])
  })

  test('twice on unchanged input: byte-identical files apart from the run, which stands in one place', async () => {
    const first = await datong(['govern', at('city'), '--out', at('a'), '--data', at('data'), '--quiet'])
    const second = await datong([
      'govern',
      at('city'),
      '--out',
      at('b'),
      '--data',
      at('data-b'),
      '--quiet',
      '--threads',
      '1',
    ])
    expect([first.code, second.code, first.stderr + second.stderr]).toEqual([0, 0, ''])
    const names = [...filesBelow(at('a'))].sort()
    expect([...filesBelow(at('b'))].sort()).toEqual(names)
    for (const wanted of [
      'report.html',
      'catalogue.json',
      'result.json',
      'crossref.csv',
      'crossref.parquet',
      'golden/person.parquet',
      'golden/person.csv',
      'golden/enterprise.csv',
      'findings/公安局/人口信息.csv',
    ])
      expect(names).toContain(wanted)
    for (const name of names.filter((n) => n !== 'result.json' && n !== 'report.html'))
      expect(readFileSync(join(at('a'), name)).equals(readFileSync(join(at('b'), name))), name).toBe(true)
    const [a, b] = ['a', 'b'].map((n) => JSON.parse(read(at(n), 'result.json')) as Record<string, unknown>)
    expect(a!['run']).not.toEqual(b!['run'])
    expect({ ...a, run: 0 }).toEqual({ ...b, run: 0 })
    const withoutRun = (n: string): string => read(at(n), 'report.html').replace(/<p id="run">.*?<\/p>/s, '')
    expect(withoutRun('a')).toBe(withoutRun('b'))
  })

  test('the result is what its published schema says, and the schema is the one in the package', () => {
    const shipped = JSON.parse(read(root, 'schema', 'result-1.json')) as object
    expect(shipped).toEqual(JSON.parse(JSON.stringify(resultSchema())))
    const validate = new Ajv2020({ strict: false }).compile(shipped)
    expect(validate(JSON.parse(read(at('a'), 'result.json'))), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true)
  })

  test('failing rows are written masked, safe for spreadsheets, sorted, with a header', () => {
    const [header, ...lines] = read(at('a'), 'findings', '公安局', '人口信息.csv').trimEnd().split('\n')
    expect(header).toBe('\ufeffrule,row,column,value,reason')
    expect(lines.length).toBeGreaterThan(5)
    for (const name of filesBelow(join(at('a'), 'findings'))) {
      const text = read(at('a'), 'findings', name)
      expect(text, name).not.toMatch(/(?<!\d)[1-9]\d{5}(19|20)\d{9}[\dX]/)
      expect(text, name).not.toMatch(/(^|,)[=@]/m)
    }
  })

  test('the worst problems name the command that shows their rows, and it does', async () => {
    const result = JSON.parse(read(at('a'), 'result.json')) as {
      problems: { command: string; department: string; dataset: string; rule: string }[]
    }
    expect(result.problems).toHaveLength(3)
    const { department, dataset, rule } = result.problems[0]!
    const rows = await datong([
      'rows',
      `${department}/${dataset}`,
      rule,
      '--data',
      at('data'),
      '--limit',
      '3',
      '--json',
    ])
    expect(JSON.parse(rows.stdout)).toHaveLength(3)
  })

  test('--fail-on decides between 0 and 1, --json prints the result', async () => {
    const ran = await datong([
      'govern',
      at('city'),
      '--out',
      at('a'),
      '--data',
      at('data'),
      '--quiet',
      '--json',
      '--fail-on',
      'strong',
    ])
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.stdout)).toMatchObject({ schema: 'datong/result-1', synthetic: true })
  })

  test('the ledger holds every run and verifies; a changed tile is found', async () => {
    const status = JSON.parse((await datong(['ledger', 'status', '--data', at('data'), '--json'])).stdout) as {
      size: number
      vkey: string
    }
    expect(status.size).toBe(2)
    expect((await datong(['ledger', 'verify', '--data', at('data')])).code).toBe(0)
    const tile = join(at('data'), 'ledger', 'tile', '0', '000.p', '2')
    const bytes = readFileSync(tile)
    bytes[0]! ^= 1
    writeFileSync(tile, bytes)
    expect((await datong(['ledger', 'verify', '--data', at('data')])).code).toBe(1)
    bytes[0]! ^= 1
    writeFileSync(tile, bytes)
    expect(statSync(join(at('data'), 'keys', 'ledger.key')).mode & 0o777).toBe(0o600)
  })

  test('a second start on the same data directory is refused with the process id; a killed one leaves everything whole', async () => {
    const before = read(at('a'), 'result.json')
    const first = start(['govern', at('city'), '--out', at('a'), '--data', at('data')])
    await new Promise<void>((seen) => first.stderr!.once('data', () => seen()))
    const second = await datong(['govern', at('city'), '--out', at('c'), '--data', at('data'), '--quiet'])
    expect(second.code).toBe(2)
    expect(second.stderr).toContain(`process ${first.pid}`)
    first.kill('SIGKILL')
    await new Promise((done) => first.once('close', done))
    expect(read(at('a'), 'result.json')).toBe(before)
    const again = await datong(['govern', at('city'), '--out', at('a'), '--data', at('data'), '--quiet'])
    expect([again.code, again.stderr]).toEqual([0, ''])
  })

  test('Ctrl C cancels within a second and leaves nothing half written', async () => {
    const running = start(['govern', at('city'), '--out', at('cancelled'), '--data', at('data-c')])
    await new Promise<void>((seen) =>
      running.stderr!.on('data', (chunk: Buffer) => chunk.includes('checking') && seen()),
    )
    const began = performance.now()
    running.kill('SIGINT')
    const code = await new Promise((done) => running.once('close', done))
    expect(code).toBe(130)
    expect(performance.now() - began).toBeLessThan(1500)
    expect(existsSync(at('cancelled'))).toBe(false)
    expect(readdirSync(dir.path).filter((n) => n.includes('.part-'))).toEqual([])
    expect(readdirSync(join(at('data-c'), 'spill'))).toEqual([])
  })
})

describe('input that cannot be governed', () => {
  test.each([
    ['no such folder', ['govern', '/nowhere'], 'source.no-such-folder'],
    ['an empty folder', ['govern', at('empty')], 'source.empty-folder'],
    ['a file instead of a folder', ['govern', at('file.csv')], 'source.not-a-folder'],
    ['an unknown command', ['gouvern'], 'cli.usage'],
    ['an unknown level', ['govern', at('one'), '--fail-on', 'sometimes'], 'core.bad-setting'],
    ['an output folder with other files', ['govern', at('one'), '--out', at('foreign')], 'app.out-not-ours'],
    ['no run yet', ['rows', 'a/b', 'c'], 'app.no-run'],
  ])('%s ends with 2 and a code', async (_, args, code) => {
    mkdirSync(at('empty'), { recursive: true })
    mkdirSync(at('one'), { recursive: true })
    mkdirSync(at('foreign'), { recursive: true })
    writeFileSync(at('file.csv'), 'a\n1\n')
    writeFileSync(join(at('one'), 'a.csv'), 'a,b\n1,2\n')
    writeFileSync(join(at('foreign'), 'mine.txt'), 'x')
    const ran = await datong([...args, '--quiet'], { env: { DATONG_DATA: at('data-bad') } })
    expect(ran.stderr).toContain(`[${code}]`)
    expect(ran.code).toBe(2)
    expect(existsSync(join(at('foreign'), 'mine.txt'))).toBe(true)
  })

  test('a flat folder of one small table is one department; words follow the language', async () => {
    mkdirSync(at('flat'), { recursive: true })
    writeFileSync(join(at('flat'), '=cmd.csv'), '列\u00a01,=2+3\n=1+1,@x\n')
    const ran = await datong([
      'govern',
      at('flat'),
      '--out',
      at('flat-out'),
      '--data',
      at('flat-data'),
      '--quiet',
      '--lang',
      'zh',
    ])
    expect([ran.code, ran.stderr]).toEqual([0, ''])
    expect(ran.stdout).toContain('治理结果')
    const result = JSON.parse(read(at('flat-out'), 'result.json')) as {
      departments: { name: string }[]
      totals: { rows: number }
    }
    expect([result.departments.map((d) => d.name), result.totals.rows]).toEqual([['flat'], 1])
  })

  test('names and values wicked to HTML appear as text in the report', async () => {
    mkdirSync(join(at('html'), '<b>部门'), { recursive: true })
    writeFileSync(join(at('html'), '<b>部门', '"><script>alert(1).csv'), '<img src=x onerror=alert(1)>,b\n<script>,2\n')
    await datong(['govern', at('html'), '--out', at('html-out'), '--data', at('html-data'), '--quiet'])
    const report = read(at('html-out'), 'report.html')
    expect(report).not.toMatch(/<img|<script>alert|<b>部门/)
    expect(report).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })
})
