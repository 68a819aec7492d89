import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/run.ts'

/** A fenced block of a page. */
export interface Block {
  readonly language: string
  readonly text: string
  /** Line of its first line, from 1. */
  readonly line: number
}

/** Commands that a page shows in a `sh` block, and what a `text` block right after it says they print. */
export interface Step {
  readonly line: number
  readonly commands: string
  readonly prints: string | undefined
}

export const readPage = (path: string): string => readFileSync(join(root, path), 'utf8')

export function blocksOf(page: string): Block[] {
  const blocks: Block[] = []
  let open: { language: string; lines: string[]; line: number } | undefined
  for (const [i, line] of page.split('\n').entries()) {
    const fence = /^```(\w*)$/.exec(line)
    if (fence === null) open?.lines.push(line)
    else if (open === undefined) open = { language: fence[1]!, lines: [], line: i + 2 }
    else {
      blocks.push({ language: open.language, text: open.lines.join('\n'), line: open.line })
      open = undefined
    }
  }
  return blocks
}

export function stepsOf(page: string): Step[] {
  const blocks = blocksOf(page)
  return blocks.flatMap(({ language, text, line }, i) => {
    if (language !== 'sh') return []
    const next = blocks[i + 1]
    return [{ line, commands: text, prints: next?.language === 'text' ? next.text : undefined }]
  })
}

/** Pages of a language in the order in which its first page lists them, that page last. */
export function pagesOf(language: 'zh' | 'en'): string[] {
  const folder = `docs/guide/${language}`
  const listed = [...readPage(`${folder}/README.md`).matchAll(/^\d+\. \[[^\]]+\]\((\w+\.md)\)/gm)]
  return [...listed.map((found) => `${folder}/${found[1]}`), `${folder}/README.md`]
}

/** Does output look as the page shows it? `…` stands for anything within a line; alone on a line, for any lines. */
export function looksLike(shown: string, printed: string): boolean {
  const pattern = tidyLines(shown)
    .map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${line.split('…').map(literally).join('.*')}\\n`))
    .join('')
  return new RegExp(`^${pattern}$`).test(`${tidyLines(printed).join('\n')}\n`)
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
const tidyLines = (text: string): string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())
