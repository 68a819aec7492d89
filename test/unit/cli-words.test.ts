import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeProgram } from '../../src/app/program.ts'
import { runCli } from '../../src/cli/index.ts'
import { displayWidth, table } from '../../src/cli/table.ts'
import { cliWords, examples } from '../../src/cli/words.ts'
import { systemClock } from '../../src/core/index.ts'
import { scratch } from '../support/run.ts'

/** Runs the command line in this process and gives what it wrote. */
async function said(argv: string[], env: Record<string, string> = {}) {
  const written = { out: '', err: '' }
  const code = await runCli(makeProgram('0.0.0', systemClock), {
    argv,
    env,
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    signal: new AbortController().signal,
  })
  return { code, ...written }
}

test.each(['zh', 'en'] as const)(
  'help is wholly %s: titles, defaults, arguments, exit codes, the guide',
  async (lang) => {
    const root = await said(['--help', '--lang', lang])
    expect(root.out).toContain(cliWords.exitWords[lang])
    expect(root.out).toContain(cliWords.guideFolder[lang])
    const help = await said(['demo', '--help', '--lang', lang])
    expect(help.out).toContain(cliWords.folderToWrite[lang])
    expect(help.out).toContain(lang === 'zh' ? '（默认 10000）' : '(default 10000)')
    expect(help.out.match(/^\S.*:$/gm)).toEqual(
      ['arguments', 'options', 'globalOptions', 'examples'].map((t) => `${cliWords[t as 'options'][lang]}:`),
    )
  },
)

test('every command shows its own examples', async () => {
  for (const [name, lines] of Object.entries(examples)) {
    const { code, out } = await said([...name.split(' '), '--help'])
    expect(code, name).toBe(0)
    for (const line of lines) expect(out).toContain(line)
  }
})

test('wrong usage is said in the language of the person and names what is wrong', async () => {
  expect((await said(['gouvern'])).err).toContain('unknown command gouvern → govern?')
  expect((await said(['govern', '--lang', 'zh'])).err).toContain('缺少参数 folder')
  expect((await said(['govern', 'x', '--nope', '--lang', 'zh'])).err).toContain('没有选项 --nope')
  expect(await said(['config', '--lang', 'fr'])).toMatchObject({ code: 2, err: expect.stringContaining('lang (flag)') })
})

test('the language may be set in the environment; a setting that cannot be used does not keep help from being read', async () => {
  expect((await said(['--help'], { DATONG_LANG: 'zh' })).out).toContain('用法')
  expect((await said(['--help'], { LC_ALL: 'zh_CN.UTF-8' })).out).toContain('用法')
  expect((await said(['--help'], { DATONG_PORT: 'none' })).code).toBe(0)
  expect((await said(['config'], { DATONG_PORT: 'none' })).code).toBe(2)
})

test('columns line up on a terminal where Chinese characters take two cells', () => {
  const lines = table([
    ['姓名', 'a', 'x'],
    ['𬱖', '12', 'y'],
  ])
  expect(lines.map((line) => displayWidth(line.slice(0, -1)))).toEqual([10, 10])
})

test('a file that cannot be profiled is named as the person named it', async () => {
  using dir = scratch()
  const at = (name: string): string => join(dir.path, name)
  writeFileSync(at('page.html'), '<p>')
  writeFileSync(at('empty.csv'), '')
  for (const [path, code] of [
    [at('none.csv'), 'source.no-such-file'],
    [dir.path, 'source.not-a-file'],
    [at('page.html'), 'source.not-a-data-file'],
    [at('empty.csv'), 'source.nothing-read'],
  ] as const) {
    const { err, code: exit } = await said(['profile', path, '--quiet'])
    expect(err).toContain(`[${code}]`)
    expect(err).toContain(path)
    expect(exit).toBe(2)
  }
})
