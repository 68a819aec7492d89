import { execFileSync, spawn } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeGb18030 } from '../../src/sample/gb18030.ts'
import { verifyLedger } from '../../src/ledger/index.ts'
import { datong, type Ran, root, scratch, start } from '../support/run.ts'

const dir = scratch()
const at = (...parts: string[]): string => join(dir.path, ...parts)
const write = (path: string, content: string | Uint8Array): void => {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
}
afterAll(() => dir[Symbol.dispose]())

/** Every file below a folder with its bytes: what "whole" means. */
function snapshot(folder: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const e of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (e.isFile())
      found.set(join(e.parentPath, e.name).slice(folder.length), readFileSync(join(e.parentPath, e.name), 'base64'))
  return found
}
const govern = (folder: string, name: string, ...more: string[]): Promise<Ran> =>
  datong(['govern', folder, '--out', at(name, 'out'), '--data', at(name, 'data'), '--quiet', ...more])
/** Files of a data directory that belong to no finished run. */
const leftovers = (name: string): string[] => [
  ...readdirSync(at(name)).filter((n) => n.startsWith('.')),
  ...readdirSync(at(name, 'data', 'spill')),
  ...(existsSync(at(name, 'data', 'lake', '.staging')) ? readdirSync(at(name, 'data', 'lake', '.staging')) : []),
]

describe('killed, cancelled, out of space: the earlier result stays whole', () => {
  beforeAll(async () => {
    await datong(['demo', at('city'), '--people', '300', '--enterprises', '60', '--quiet'])
    await datong(['demo', at('other'), '--people', '300', '--enterprises', '60', '--seed', '8', '--quiet'])
  })

  test('kill -9 at random moments: no file of the earlier result changes, the ledger verifies, the next run clears up', async () => {
    const began = performance.now()
    expect((await govern(at('city'), 'kill')).code).toBe(0)
    const length = performance.now() - began
    let random = 42
    for (let n = 0; n < 5; n++) {
      const before = snapshot(at('kill', 'out'))
      const run = start([
        'govern',
        at(n % 2 ? 'city' : 'other'),
        '--out',
        at('kill', 'out'),
        '--data',
        at('kill', 'data'),
      ])
      const ended = new Promise((done) => run.once('close', done))
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648
      setTimeout(() => run.kill('SIGKILL'), 300 + (random / 2_147_483_648) * length)
      await ended
      const finished = JSON.parse(readFileSync(at('kill', 'data', 'results', 'current.json'), 'utf8')) as {
        run: string
      }
      const now = JSON.parse(readFileSync(at('kill', 'out', 'result.json'), 'utf8')) as { run: { id: string } }
      if (now.run.id !== finished.run || run.signalCode === 'SIGKILL') {
        const after = snapshot(at('kill', 'out'))
        if (after.get('/result.json') === before.get('/result.json')) expect(after).toEqual(before)
      }
      expect(await verifyLedger(at('kill', 'data'))).toMatchObject({ ok: true })
    }
    const last = await govern(at('city'), 'kill')
    expect([last.code, last.stderr, leftovers('kill')]).toEqual([0, '', []])
    expect(readdirSync(at('kill', 'data', 'results')).filter((n) => n !== 'current.json')).toHaveLength(1)
  })

  test('an output folder that a killed run had moved aside comes back', async () => {
    await govern(at('city'), 'aside')
    const before = snapshot(at('aside', 'out'))
    const staging = at('aside', '.out.part-0123abcd')
    renameSync(at('aside', 'out'), `${staging}.earlier`)
    mkdirSync(staging)
    write(at('aside', 'data', 'spill', 'run-x', 'staging'), staging)
    const refused = await govern(at('nothing-here'), 'aside')
    expect(refused.stderr).toContain('[source.no-such-folder]')
    expect(snapshot(at('aside', 'out'))).toEqual(before)
    expect(leftovers('aside')).toEqual([])
  })

  /** Runs with a limit on the size of files, which every system enforces on its own users: RLIMIT_FSIZE, in blocks of 512 bytes. */
  function limited(blocks: number, args: readonly string[]): Promise<Ran> {
    const child = spawn(
      'sh',
      ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', process.execPath, join(root, 'bin', 'datong.js'), ...args],
      {
        env: { ...process.env, LANG: 'C' },
      },
    )
    const [out, err] = [[] as string[], [] as string[]]
    child.stdout.on('data', (c: Buffer) => void out.push(c.toString()))
    child.stderr.on('data', (c: Buffer) => void err.push(c.toString()))
    return new Promise((done) =>
      child.once('close', (code) => done({ code, stdout: out.join(''), stderr: err.join('') })),
    )
  }
  const governArgs = (folder: string, out: string, data: string): string[] => [
    'govern',
    folder,
    '--out',
    out,
    '--data',
    data,
    '--quiet',
  ]

  test('no room for a file, wherever it happens: a fault that says so, exit 2, the earlier state', async () => {
    await govern(at('city'), 'quota')
    const before = snapshot(at('quota', 'out'))
    const codes = new Set<number | null>()
    for (const blocks of [1, 32, 8192]) {
      const ran = await limited(blocks, governArgs(at('other'), at('quota', 'out'), at('quota', 'data')))
      codes.add(ran.code)
      if (ran.code === 0) break
      expect([ran.code, ran.stderr], String(blocks)).toEqual([
        2,
        expect.stringMatching(/\[(app|engine|store)\.no-space\]/),
      ])
      expect(snapshot(at('quota', 'out')), String(blocks)).toEqual(before)
      rmSync(at('quota', 'data', 'lake'), { recursive: true, force: true })
    }
    expect(codes).toContain(2)
    const again = await govern(at('city'), 'quota')
    expect([again.code, again.stderr, leftovers('quota')]).toEqual([0, '', []])
  })

  const mayMount = ((): boolean => {
    try {
      mkdirSync(at('probe'))
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', at('probe')], { stdio: 'ignore' })
      execFileSync('umount', [at('probe')])
      return true
    } catch {
      return false
    }
  })()
  // where nobody may mount, the limit above is the test of the same faults
  if (mayMount)
    test('a full disk below output and data', async () => {
      mkdirSync(at('full', 'm'), { recursive: true })
      let full = 0
      for (const size of ['200k', '700k', '24m']) {
        execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at('full', 'm')])
        try {
          const ran = await datong(governArgs(at('city'), at('full', 'm', 'out'), at('full', 'm', 'data')))
          if (ran.code === 0) continue
          full++
          expect([ran.code, ran.stderr], size).toEqual([2, expect.stringMatching(/-space\]/)])
          expect(readdirSync(at('full', 'm')), size).toEqual(['data'])
        } finally {
          execFileSync('umount', [at('full', 'm')])
        }
      }
      expect(full).toBeGreaterThan(0)
    })
})

describe('Ctrl C at any stage', () => {
  const line = '张三,11010519491231002X,13800138000,浙江省杭州市西湖区某某路1号,备注备注备注\n'
  beforeAll(async () => {
    const block = encodeGb18030(line.repeat(20_000))
    const file = (path: string, content: (write: (bytes: Uint8Array) => void) => void): void => {
      mkdirSync(join(path, '..'), { recursive: true })
      const fd = openSync(path, 'w')
      content((bytes) => void writeSync(fd, bytes))
      closeSync(fd)
    }
    const header = encodeGb18030('姓名,身份证号,手机号,住址,备注\n')
    file(at('gb', '公安', '大.csv'), (w) => {
      w(header)
      for (let i = 0; i < 80; i++) w(block)
    })
    write(
      at('gz', 'd', 'a.csv.gz'),
      gzipSync(Buffer.concat([header, ...Array.from({ length: 20 }, () => block)]), { level: 1 }),
    )
    const object = `${JSON.stringify({ 姓名: '张三', 身份证号: '11010519491231002X', 数: 1234567 })},\n`
    const objects = Buffer.from(object.repeat(20_000))
    file(at('js', 'd', 'a.json'), (w) => {
      w(Buffer.from('[\n'))
      for (let i = 0; i < 60; i++) w(objects)
      w(Buffer.from('{}]'))
    })
    await datong(['demo', at('stages'), '--people', '2500', '--enterprises', '500', '--quiet'])
  })

  /** Interrupts once the program has said `word`, and some time later; returns how long it took to end. */
  async function interrupt(
    folder: string,
    name: string,
    word: string,
    later: number,
  ): Promise<{ code: unknown; took: number; said: string }> {
    const run = start(['govern', folder, '--out', at(name, 'out'), '--data', at(name, 'data')])
    let said = ''
    await new Promise<void>((seen) => {
      run.stderr!.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (said.includes(word)) seen()
      })
      run.once('close', () => seen())
    })
    await new Promise((done) => setTimeout(done, later))
    const began = performance.now()
    const ended = new Promise((done) => run.once('close', done))
    run.kill('SIGINT')
    return { code: run.exitCode ?? (await ended), took: performance.now() - began, said }
  }

  test.each([
    ['a big GB18030 file', 'gb', 'loading', 600],
    ['a gzip', 'gz', 'loading', 300],
    ['a large JSON document', 'js', 'loading', 1500],
    ['checking', 'stages', 'checking', 200],
    ['rules across departments', 'stages', 'across', 5],
    ['writing golden records', 'stages', 'writing', 0],
  ])('%s: over within a second, nothing half written', async (what, folder, word, later) => {
    const name = `c-${what.replaceAll(' ', '-')}`
    const { code, took, said } = await interrupt(at(folder), name, word, later)
    expect(said).toContain(word)
    expect(code, said).toBe(130)
    expect(took).toBeLessThan(1500)
    expect(existsSync(at(name, 'out'))).toBe(false)
    expect(leftovers(name)).toEqual([])
  })
})

describe('files that change under the reader', () => {
  test('one grows, one shrinks, one vanishes: each is named and not taken, the rest is', async () => {
    const rows = `a,b\n${'1,2\n'.repeat(400_000)}`
    for (const name of ['grows', 'shrinks', 'vanishes']) write(at('moving', 'd', `${name}.csv`), rows)
    write(at('moving', 'd', 'zz.csv'), 'a,b\n1,2\n')
    const growing = setInterval(
      () => existsSync(at('moving', 'd', 'grows.csv')) && appendFileSync(at('moving', 'd', 'grows.csv'), '3,4\n'),
      1,
    )
    const run = start(['govern', at('moving'), '--out', at('moving-out'), '--data', at('moving-data'), '--json'])
    let out = ''
    run.stdout!.on('data', (chunk: Buffer) => {
      out += chunk.toString()
    })
    let length = rows.length
    const changing = setInterval(() => {
      length -= 4
      truncateSync(at('moving', 'd', 'shrinks.csv'), length)
    }, 1)
    await new Promise<void>((seen) => run.stderr!.on('data', (c: Buffer) => c.includes('shrinks.csv') && seen()))
    rmSync(at('moving', 'd', 'vanishes.csv'))
    const code = await new Promise((done) => run.once('close', done))
    clearInterval(growing)
    clearInterval(changing)
    const result = JSON.parse(out) as {
      datasets: { dataset: string }[]
      findings: { code: string; place: { file: string } }[]
    }
    expect(code).toBe(0)
    expect(result.datasets.map((d) => d.dataset)).toEqual(['zz'])
    expect(result.findings.map((f) => [basename(f.place.file), f.code]).sort()).toEqual([
      ['grows.csv', 'source.changed-while-read'],
      ['shrinks.csv', 'source.changed-while-read'],
      ['vanishes.csv', 'source.changed-while-read'],
    ])
  })
})

describe('extremes through the whole road', () => {
  test('600 columns, a cell of a megabyte, NUL, names of 255 bytes, of devices, of the right-to-left kind, with blanks and dots at their ends', async () => {
    const names = [
      'a"b',
      '𬱖',
      '列\n名',
      'x;--',
      'con',
      'nul',
      'end.',
      'end ',
      '\u00c5',
      'A\u030a',
      'Case',
      'case',
      '\u202egnp',
      '\u001b[31mred',
      '=1+1',
      "o'x",
      '汉'.repeat(83),
    ]
    for (const name of names)
      write(at('names', name, `${name.slice(0, 80)}.csv`), `"${name.replaceAll('"', '""')}",k\n值,1\n`)
    write(
      at('names', 'wide', 'w.csv'),
      `${Array.from({ length: 600 }, (_, i) => `c${i}`).join(',')}\n${Array.from({ length: 600 }, (_, i) => i).join(',')}\n`,
    )
    write(at('names', 'long', 'l.csv'), `姓名,说明\n张三,"${'长'.repeat(350_000)}锟斤拷"\n李\0四,x\n`)
    const ran = await datong(['govern', at('names'), '--out', at('names-out'), '--data', at('names-data')])
    expect([ran.code, ran.stderr]).toEqual([0, expect.not.stringMatching(/[\u001b\u202e]/)])
    const result = JSON.parse(readFileSync(at('names-out', 'result.json'), 'utf8')) as {
      departments: { name: string }[]
      datasets: { department: string; columns: { name: string }[]; rows: number }[]
    }
    expect(result.departments.map((d) => d.name).sort()).toEqual([...names, 'long', 'wide'].sort())
    for (const d of result.datasets.filter((d) => names.includes(d.department)))
      expect([d.columns[0]!.name, d.rows]).toEqual([d.department.trim(), 1])
    for (const file of ['report.html', 'catalogue.json', 'result.json'])
      expect(statSync(at('names-out', file)).size, file).toBeLessThan(4_000_000)
    for (const e of readdirSync(at('names-out'), { recursive: true, encoding: 'utf8' }))
      expect(Buffer.byteLength(basename(e)), e).toBeLessThanOrEqual(255)
  })

  test('escape sequences in a name never reach the terminal', async () => {
    const evil = '\u001b]0;owned\u0007\u009b31m\u202e'
    write(at('evil', evil, `${evil}.csv`), `${evil},b\n锟斤拷,1\nx,2\n`)
    const outs = [
      await datong(['govern', at('evil'), '--out', at('evil-out'), '--data', at('evil-data'), '--fail-on', 'any']),
      await datong(['profile', at('evil', evil, `${evil}.csv`)]),
      await datong(['profile', at('evil', evil, `${evil}.csv`), '--json']),
      await datong(['govern', at(`none-${evil}`), '--out', at('evil-out'), '--data', at('evil-data')]),
      await datong(['rows', `${evil}/${evil}`, `0305/dirty@${evil}`, '--data', at('evil-data')]),
      await datong(['rows', `${evil}/x`, evil, '--data', at('evil-data')]),
      await datong([`go${evil}`]),
    ]
    expect(outs.map((o) => o.code)).toEqual([1, 0, 0, 2, 0, 2, 2])
    for (const { stdout, stderr } of outs) expect(stdout + stderr).not.toMatch(/[\u0007\u001b\u0080-\u009f\u202e]/)
    expect(outs[4]!.stdout).toContain('锟斤拷')
  })

  test('personal numbers stay masked in every output, also where a column does not look personal', async () => {
    const numbers = ['11010519491231002X', '13800138000', '440524188001010014']
    write(
      at('secret', '公安', 'a.csv'),
      `姓名,身份证号,手机号,说明\n欧阳修远,${numbers[0]},${numbers[1]},test\n欧阳修远,110105194912310021,1380013800,"电话${numbers[1]}锟斤拷"\n司马光,${numbers[2]},${numbers[1]},"证${numbers[0]}锟斤拷"\n`.replaceAll(
        '证',
        '证 ',
      ),
    )
    const ran = await datong(['govern', at('secret'), '--out', at('secret-out'), '--data', at('secret-data'), '--json'])
    const rows = await datong(['rows', '公安/a', '0305/dirty@说明', '--data', at('secret-data')])
    const ledger = [...snapshot(at('secret-data', 'ledger')).values()].map((b) =>
      Buffer.from(b, 'base64').toString('latin1'),
    )
    const public_ = ['report.html', 'result.json', 'catalogue.json', 'findings/公安/a.csv'].map((f) =>
      readFileSync(at('secret-out', f), 'utf8'),
    )
    for (const text of [ran.stdout, ran.stderr, rows.stdout, ...public_, ...ledger])
      for (const secret of [...numbers, '110105194912310021', '欧阳修远', '司马光']) expect(text).not.toContain(secret)
    expect(public_[3]).toMatch(/0305\/dirty@说明/)
  })

  test('no cell of a CSV that is written begins a formula', async () => {
    const cells = ['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1', '＝1+1', '＋1', '－x', '＠x']
    const header = '统一社会信用代码,企业名称,=cmd\n'
    const codes = ['91350100M000100Y43', '9144030071526726XG', '11330283002982634F']
    write(
      at('formula', '=甲', '+乙.csv'),
      header + codes.map((c, i) => `${c},"${cells[i]}",=1\n`).join('') + cells.map((c) => `x,"${c}",test\n`).join(''),
    )
    await datong(['govern', at('formula'), '--out', at('formula-out'), '--data', at('formula-data'), '--quiet'])
    let seen = 0
    for (const e of readdirSync(at('formula-out'), { recursive: true, encoding: 'utf8' }).filter((n) =>
      n.endsWith('.csv'),
    )) {
      const text = readFileSync(at('formula-out', e), 'utf8').replace(/^\ufeff/, '')
      for (const [, quoted, bare] of text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\n]*))/gm)) {
        seen++
        expect(quoted ?? bare ?? '', e).not.toMatch(/^(?![+-]?\d+(\.\d+)?$)[=+\-@\t\r＝＋－＠]/)
      }
    }
    expect(seen).toBeGreaterThan(50)
  })
})

describe('what cannot be governed at all', () => {
  test.each([
    ['files that cannot be read', { 'd/a.xlsx': 'PK', 'd/b.json': '{' }, 'source.nothing-read'],
    ['only empty files', { 'd/a.csv': '', 'd/b.csv': '\n\n' }, 'source.nothing-read'],
    ['a directory that calls itself a file', { 'd/a.csv/x.md': 'x' }, 'source.empty-folder'],
  ])('%s: 2, the code, and the place of the first', async (what, files, code) => {
    const folder = at('bad', what)
    for (const [name, content] of Object.entries(files)) write(join(folder, name), content)
    const ran = await govern(folder, `bad-${what}`)
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(`[${code}]`)])
    if (code === 'source.nothing-read') expect(ran.stderr).toContain('d/a.')
    expect(existsSync(at(`bad-${what}`, 'out'))).toBe(false)
  })
  test('findings of reading count for --fail-on: a weak one for any, a strong one for both', async () => {
    write(at('weak', 'd', 'a.csv'), 'a,a\n1,2\n')
    write(at('strong', 'd', 'a.csv'), 'a,b\n1,2\n1\n')
    const codes = []
    for (const folder of ['weak', 'strong'])
      for (const level of ['never', 'any', 'strong'])
        codes.push((await govern(at(folder), folder, '--fail-on', level)).code)
    expect(codes).toEqual([0, 1, 0, 0, 1, 1])
  })
  test('two runs at once with one output and two data directories both end well', async () => {
    cpSync(at('weak'), at('twins'), { recursive: true })
    const both = await Promise.all(
      ['t1', 't2'].map((data) =>
        datong(['govern', at('twins'), '--out', at('twins-out'), '--data', at(data), '--quiet']),
      ),
    )
    expect(both.map((r) => [r.code, r.stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect(readdirSync(dir.path).filter((n) => n.includes('.part-'))).toEqual([])
  })
})
