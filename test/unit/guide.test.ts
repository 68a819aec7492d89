import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type {} from '@fastify/swagger'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { makeProgram } from '../../src/app/program.ts'
import { addCommands } from '../../src/cli/commands.ts'
import { systemClock } from '../../src/core/index.ts'
import { resultSchema } from '../../src/report/index.ts'
import { withTables } from '../../scripts/tables.ts'
import { blocksOf, looksLike, pagesOf, readPage, stepsOf } from '../guide/page.ts'
import { root } from '../support/run.ts'

const languages = ['zh', 'en'] as const
const names = readdirSync(join(root, 'docs/guide/zh'))
const guide = (language: 'zh' | 'en'): string => pagesOf(language).map(readPage).join('\n')

/** What two languages of a page must share: levels of headings, commands and other code, rows of tables, links. */
function skeleton(page: string): unknown {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, '')
  return {
    headings: [...prose.matchAll(/^(#+) /gm)].map((found) => found[1]),
    tableRows: prose.match(/^\|/gm)?.length ?? 0,
    links: linksOf(page).map(inNoLanguage),
    code: blocksOf(page).map((b) => (b.language === 'text' ? b.language : `${b.language}\n${b.text}`)),
  }
}
/** A link to the other language, or to the page of one's own language, is the same link in both. */
function inNoLanguage(link: string): string {
  if (/^(README(\.zh-CN)?\.md|\.\.\/(zh|en)\/README\.md)$/.test(link)) return 'the other language'
  return link.replace('home-en.png', 'home.png').replace(/^docs\/guide\/(zh|en)\//, 'docs/guide/')
}
const linksOf = (page: string): string[] =>
  [...page.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].map((found) => found[1]!)

/** Every Markdown page of the repository that people open. */
function* pages(folder = ''): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !/^(node_modules|dist|coverage|\..*)$/.test(entry.name)) yield* pages(path)
    else if (entry.name.endsWith('.md')) yield path
  }
}

describe('the guide in two languages', () => {
  test('has the same pages, all of them listed', () => {
    expect(readdirSync(join(root, 'docs/guide/en'))).toEqual(names)
    for (const language of languages)
      expect(
        pagesOf(language)
          .map((path) => path.split('/').at(-1))
          .sort(),
      ).toEqual([...names].sort())
  })
  test.each(names)('%s has the same headings, commands, tables and links', (name) => {
    const [zh, en] = languages.map((language) => skeleton(readPage(`docs/guide/${language}/${name}`)))
    expect(en).toEqual(zh)
  })
  test('README.md and README.zh-CN.md too', () => {
    const [zh, en] = ['README.zh-CN.md', 'README.md'].map((name) => skeleton(readPage(name)))
    expect(en).toEqual(zh)
  })
})

describe('the guide and the program', () => {
  test.each(languages.flatMap((l) => names.map((name) => [l, name] as const)))(
    '%s/%s: tables say what the program says (mend with: npm run guide)',
    (language, name) => {
      const page = readPage(`docs/guide/${language}/${name}`)
      expect(page).toBe(withTables(page, language))
    },
  )
  test.each(languages)('%s names every command and every option', (language) => {
    const text = guide(language)
    const around = {
      argv: [],
      env: {},
      stdout: { write: () => {} },
      stderr: { write: () => {} },
      signal: AbortSignal.abort(),
    }
    const command = addCommands(new Command('datong'), {
      program: makeProgram('0.0.0', systemClock),
      around,
      language,
      exit: 0,
    })
    for (const c of command.commands.flatMap((c) => [c, ...c.commands])) {
      expect(text).toMatch(new RegExp(`datong (ledger )?${c.name()}\\b`))
      for (const option of c.options.filter((o) => o.long !== '--help')) expect(text, c.name()).toContain(option.long)
    }
  })
  test.each(languages)('%s explains every block of result.json', (language) => {
    const page = readPage(`docs/guide/${language}/result.md`)
    const { properties } = resultSchema() as { properties: Record<string, { items?: { properties: object } }> }
    const datasets = Object.keys(properties['datasets']!.items!.properties)
    for (const name of [...Object.keys(properties), ...datasets.filter((n) => n !== 'department' && n !== 'dataset')])
      expect(page).toContain(`\`${name}\``)
  })
  test.each(languages)('%s names every address of HTTP that OpenAPI shows', async (language) => {
    const { buildServer } = await import('../../src/http/index.ts')
    const services = { version: '0.0.0' } as Parameters<typeof buildServer>[0]['services']
    await using server = await buildServer({ services, hosts: [] })
    await server.ready()
    const page = readPage(`docs/guide/${language}/server.md`).replace(/<[^>]+>/g, '{}')
    for (const path of Object.keys(server.swagger().paths ?? {})) expect(page).toContain(path.replace(/\{\w+\}/g, '{}'))
  })
})

describe('every page of the repository', () => {
  test('links only to what is there', () => {
    const broken = [...pages()].flatMap((path) =>
      linksOf(readPage(path))
        .filter((link) => !/^(https?:|mailto:|#)/.test(link))
        .filter((link) => !existsSync(join(root, dirname(path), decodeURI(link.split('#')[0]!))))
        .map((link) => `${path}: ${link}`),
    )
    expect(broken).toEqual([])
  })
  test('each room says what it is for, its words, what it keeps, its events, what must always hold', () => {
    const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((e) => e.isDirectory())
    for (const { name } of rooms) {
      const page = readPage(`src/${name}/README.md`)
      expect(page.split('\n')[0], name).toBe(`# ${name}`)
      expect(page.match(/^## /gm)?.length ?? 0, name).toBeGreaterThanOrEqual(3)
      expect(page, name).toMatch(/^## What must always hold$/m)
    }
  })
})

describe('how pages are read', () => {
  test('commands stand in sh blocks, output in the text block right after', () => {
    const page = '# x\n```sh\na\nb\n```\n\n```text\nout\n```\n```console\nnot run\n```\n```sh\nc\n```\nwords\n'
    expect(stepsOf(page)).toEqual([
      { line: 3, commands: 'a\nb', prints: 'out' },
      { line: 14, commands: 'c', prints: undefined },
    ])
  })
  test('… stands for anything within a line, alone for any lines, and nothing else is forgiven', () => {
    expect(looksLike('a … c\n…\nz', 'a b c\nx\ny\nz\n')).toBe(true)
    expect(looksLike('a\n…', 'a\n')).toBe(true)
    expect(looksLike('a … c', 'a b d')).toBe(false)
    expect(looksLike('1+1 (x)', '1+1 (x)')).toBe(true)
    expect(looksLike('a', 'a\nb')).toBe(false)
  })
})
