import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeProgram } from '../../src/app/program.ts'
import { environmentName, runCli, type SettingName, settingTable, settle, shown } from '../../src/cli/index.ts'
import { systemClock } from '../../src/core/index.ts'
import { root, scratch } from '../support/run.ts'

const names = Object.keys(settingTable) as SettingName[]

/** For each setting a value that is not its default. */
const other: Readonly<Record<SettingName, string>> = {
  data: '/elsewhere',
  store: 'postgres://city@db/datong',
  engine: 'embedded',
  threads: '3',
  memory: '777MB',
  host: '0.0.0.0',
  port: '8081',
  lang: 'zh',
  failOn: 'any',
  findingsLimit: '5',
  ledgerOrigin: 'city.example/log',
}
const yaml = (values: Partial<Record<string, string>>) => ({
  path: 'datong.config.yaml',
  text: Object.entries(values)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join(''),
})

describe('where a setting comes from', () => {
  test.each(names)('%s: flag before environment before file before default', (name) => {
    const value = other[name]
    const flags = { [name]: value }
    const env = { [environmentName(name)]: value }
    const file = yaml({ [name]: value })
    const from = (inputs: Parameters<typeof settle>[0]) => settle(inputs)[name]
    expect(from({ env: {} })).toMatchObject({ source: 'default' })
    expect(from({ env: {}, file })).toMatchObject({ source: 'file', value })
    expect(from({ env, file })).toMatchObject({ source: 'environment', value })
    expect(from({ env, file, flags })).toMatchObject({ source: 'flag', value })
    expect(from({ env: { [environmentName(name)]: '' }, file })).toMatchObject({ source: 'file', value })
  })

  test.each([
    ['store', 'mysql://x'],
    ['engine', 'trino://x'],
    ['threads', '0'],
    ['threads', '1.5'],
    ['threads', '1025'],
    ['memory', '2'],
    ['memory', '2 GB'],
    ['memory', '-1GB'],
    ['port', '65536'],
    ['port', 'http'],
    ['lang', 'fr'],
    ['failOn', 'weak'],
    ['findingsLimit', '-1'],
    ['ledgerOrigin', 'a b'],
    ['ledgerOrigin', 'a+b'],
  ] as const)('%s cannot be "%s", and the fault says which and from where', (name, value) => {
    for (const [inputs, source] of [
      [{ env: {}, flags: { [name]: value } }, 'flag'],
      [{ env: { [environmentName(name)]: value } }, 'environment'],
      [{ env: {}, file: yaml({ [name]: value }) }, 'file'],
    ] as const)
      expect(() => settle(inputs)).toThrowError(
        expect.objectContaining({
          code: 'core.bad-setting',
          particulars: expect.objectContaining({ name: `${name} (${source})`, value }),
        }),
      )
  })

  test.each([
    ['port: [', 'cli.config-unreadable'],
    ['- 1\n- 2\n', 'cli.config-unreadable'],
    ['just words', 'cli.config-unreadable'],
    ['prot: 8080', 'core.bad-setting'],
  ])('a file that says %j is refused', (text, code) => {
    const file = { path: 'datong.config.yaml', text }
    expect(() => settle({ env: {}, file })).toThrowError(expect.objectContaining({ code }))
  })
  test('an empty file changes nothing', () => {
    expect(settle({ env: {}, file: { path: 'x', text: '# nothing\n' } }).port.source).toBe('default')
  })
  test('the password of a database is never shown', () => {
    expect(shown({ value: 'postgres://city:secret@db:5432/datong' })).toBe('postgres://city:***@db:5432/datong')
  })
  test('every setting stands in the guide in both languages, with its environment name', () => {
    for (const language of ['zh', 'en'])
      for (const name of names) {
        const page = readFileSync(join(root, 'docs', 'guide', language, 'settings.md'), 'utf8')
        expect(page).toContain(`| \`${name}\` | \`${environmentName(name)}\` |`)
      }
  })
})

/** Runs the command line in this process and gives what it wrote. */
async function said(
  argv: string[],
  more: { env?: Record<string, string>; signal?: AbortSignal; out?: () => void } = {},
) {
  const written = { out: '', err: '' }
  const code = await runCli(makeProgram('0.0.0', systemClock), {
    argv,
    env: more.env ?? {},
    stdout: {
      write(text) {
        more.out?.()
        written.out += text
      },
    },
    stderr: { write: (text) => (written.err += text) },
    signal: more.signal ?? new AbortController().signal,
  })
  return { code, ...written }
}

describe('exit codes are a promise to scripts', () => {
  test('0 done, 2 unusable, 70 a fault of the program, 130 cancelled', async () => {
    using dir = scratch()
    writeFileSync(join(dir.path, 'a.csv'), 'a,b\n1,2\n')
    const govern = ['govern', dir.path, '--out', join(dir.path, 'out'), '--data', join(dir.path, 'data'), '--quiet']
    expect((await said(['config'])).code).toBe(0)
    expect((await said(govern, { signal: AbortSignal.abort() })).code).toBe(130)
    expect((await said(['govern', join(dir.path, 'nowhere'), '--data', join(dir.path, 'data')])).code).toBe(2)
    const broken = await said(['config'], {
      out: () => {
        throw new TypeError('the screen is gone')
      },
    })
    expect([broken.code, broken.err]).toEqual([70, expect.stringContaining('the screen is gone')])
  })
})

describe('completion in a real bash', () => {
  /** What bash offers after a line: the last word is the one being typed. */
  async function offered(...words: string[]): Promise<string[]> {
    const script = (await said(['completion', 'bash'])).out
    const asked = `${script}
COMP_WORDS=(${words.map((w) => `'${w}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_datong; printf '%s\\n' "\${COMPREPLY[@]}"`
    return execFileSync('bash', ['--norc', '-c', asked], { encoding: 'utf8' }).split('\n').filter(Boolean)
  }
  test('commands, their flags and commands below them', async () => {
    expect(await offered('datong', 'go')).toEqual(['govern'])
    expect(await offered('datong', '')).toEqual(
      expect.arrayContaining(['govern', 'demo', 'serve', 'profile', 'rows', 'ledger', 'config', 'completion']),
    )
    expect(await offered('datong', 'ledger', '')).toEqual(expect.arrayContaining(['status', 'verify']))
    expect(await offered('datong', 'govern', 'folder', '--fa')).toEqual(['--fail-on'])
    expect(await offered('datong', 'ledger', 'verify', '--d')).toEqual(['--data'])
    expect(await offered('datong', 'serve', '--fail')).toEqual([])
  })
  test('a shell that is not known is refused by name', async () => {
    expect(await said(['completion', 'tcsh'])).toMatchObject({ code: 2, err: expect.stringContaining('tcsh') })
    for (const shell of ['zsh', 'fish']) expect((await said(['completion', shell])).out).toContain('govern')
  })
})
