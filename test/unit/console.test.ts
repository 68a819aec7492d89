import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { en } from '../../console/src/words/en/index.ts'
import { zh } from '../../console/src/words/zh-CN/index.ts'

const source = fileURLToPath(new URL('../../console/src', import.meta.url))
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => relative(source, join(entry.parentPath, entry.name)))
const textOf = (file: string): string => readFileSync(join(source, file), 'utf8')

type Tree = { readonly [key: string]: string | Tree }

/** Every message under its key, `a.b.c`. */
function messages(tree: Tree, above = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[above + key, value]] : [...messages(value, `${above}${key}.`)],
    ),
  )
}

const places = (message: string): string[] => [...message.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]!).sort()

describe('words', () => {
  const [source, english] = [messages(zh), messages(en)]

  test('both languages have the same keys, none of them without words', () => {
    expect(source.size).toBeGreaterThan(200)
    expect([...english.keys()].sort()).toEqual([...source.keys()].sort())
    expect([...source, ...english].filter(([, words]) => words.trim() === '')).toEqual([])
  })

  test('a message names the same things in both languages', () => {
    const differ = [...source].filter(([key, words]) => `${places(words)}` !== `${places(english.get(key) ?? '')}`)
    expect(differ).toEqual([])
  })

  test('English holds no Chinese but the name of the language and of a sign', () => {
    const mixed = [...english].filter(([, words]) => /\p{Script=Han}/u.test(words)).map(([key]) => key)
    expect(mixed).toEqual(['app.other-language', 'item.shapes'])
  })

  test('every key is used', () => {
    const code = files
      .filter((file) => !file.startsWith('words/'))
      .map(textOf)
      .join('\n')
    const literals = new Set([...code.matchAll(/['"`]([a-z][\w-]*(?:\.[\w${}.-]+)+)['"`]/g)].map((m) => m[1]!))
    const patterns = [...literals].map(
      (literal) => new RegExp(`^${literal.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '[^.]+')}$`),
    )
    expect([...source.keys()].filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([])
  })
})

/** Code without its comments. */
function bare(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1')
}

/** Words in a component that should stand in the catalogue of messages. */
function hardCoded(text: string): string[] {
  const code = bare(text)
  return [
    ...[...code.matchAll(/.*\p{Script=Han}.*/gu)].map((m) => m[0]),
    ...[...code.matchAll(/\b(?:aria-label|title|placeholder|alt|label)="([^"]*\p{L}[^"]*)"/gu)].map((m) => m[0]),
    ...[...code.matchAll(/>\s*(\p{L}[\p{L} ,.'’-]*)\s*<\//gu)].map((m) => m[1]!.trim()),
  ]
}

describe('components', () => {
  /** Names of keys, programs and symbols that are the same in every language. */
  const same = ['Ctrl K', 'npx datong serve']

  test('no words stand in a component', () => {
    const components = files.filter((file) => file.endsWith('.tsx'))
    expect(components.length).toBeGreaterThan(25)
    const found = components.flatMap((file) =>
      hardCoded(textOf(file))
        .filter((words) => !same.includes(words))
        .map((words) => `${file}: ${words}`),
    )
    expect(found).toEqual([])
  })

  test('words in a component are found', () => {
    expect(hardCoded('<h1>Data catalogue</h1>')).toEqual(['Data catalogue'])
    expect(hardCoded('<Button label="Open">{t("a.b")}</Button>')).toEqual(['label="Open"'])
    expect(hardCoded("const name = '目录'")).toHaveLength(1)
    expect(hardCoded('// 目录\n/** 首页 */ <p>{t("a.b")}</p>')).toEqual([])
  })

  test('antd is wrapped by kit and patterns, echarts by kit; a room never imports another', () => {
    const importers = (pattern: RegExp): string[] => files.filter((file) => pattern.test(textOf(file)))
    expect(importers(/from '(antd|@ant-design)/).filter((file) => !/^(kit|patterns)\//.test(file))).toEqual([])
    expect(importers(/from 'echarts/).filter((file) => !file.startsWith('kit/'))).toEqual([])
    const astray = files.filter((file) => {
      const room = /^rooms\/([^/]+)\//.exec(file)?.[1]
      const reached = [...textOf(file).matchAll(/from '\.\.\/([\w-]+)\//g)].map((m) => m[1])
      return room !== undefined && reached.some((other) => other !== room)
    })
    expect(astray).toEqual([])
  })
})
