import type { Words } from '../../core/index.ts'

/** Markup that is already safe. Everything else is escaped when it enters a template. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Markup | readonly Part[]

/** A template whose parts are escaped unless they are markup: the only way text enters the report. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((out, s, i) => out + s + (i < parts.length ? flat(parts[i]!) : ''), ''))
}

function flat(part: Part): string {
  if (part instanceof Markup) return part.text
  if (Array.isArray(part)) return part.map(flat).join('')
  return escapeHtml(String(part))
}

/** Control characters that HTML may not carry become the replacement sign, so a NUL in a name cannot break the page. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** The same words in both languages; the page shows the one that is chosen. */
export function both(words: Words): Markup {
  return html`<span lang="zh-CN">${words.zh}</span><span lang="en">${words.en}</span>`
}

export const t = (zh: string, en: string): Markup => both({ zh, en })
