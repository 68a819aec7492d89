/** Characters as people count them: by code point, so that 𬱖 is one. */
export function codePointLength(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** The first `length` characters, never cutting a code point in two. */
export function truncate(text: string, length: number): string {
  if (text.length <= length) return text
  const points = [...text]
  return points.length <= length ? text : `${points.slice(0, length).join('')}…`
}

/**
 * Every single character whose NFKC form is one ASCII character (full-width １Ａ, ideographic space, ① , 𝟏 …) and that form.
 * SQL engines without NFKC get exactly this map, so both roads fold the same characters.
 */
export const asciiFolds: { readonly from: string; readonly to: string } = buildAsciiFolds()

function buildAsciiFolds(): { from: string; to: string } {
  let from = ''
  let to = ''
  for (let point = 0x80; point <= 0x1ffff; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue
    const character = String.fromCodePoint(point)
    const folded = character.normalize('NFKC')
    if (folded.length === 1 && folded.charCodeAt(0) < 0x80) {
      from += character
      to += folded
    }
  }
  return { from, to }
}

const foldOf: ReadonlyMap<string, string> = (() => {
  const sources = [...asciiFolds.from]
  return new Map(sources.map((character, i) => [character, asciiFolds.to[i]!]))
})()

/** 全角 → 半角: folds width variants of ASCII and nothing else. Chinese punctuation with an ASCII twin (（：，) folds too. */
export function foldWidth(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text
  let folded = ''
  for (const character of text) folded += foldOf.get(character) ?? character
  return folded
}

/** Folds width, then trims blanks of every kind at both ends. */
export function tidy(text: string): string {
  return foldWidth(text).trim()
}

/** Characters that make a spreadsheet run a cell as a formula (OWASP, CSV injection); East Asian editions take full width too. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/

/** Makes a cell harmless in a spreadsheet: a leading apostrophe where it would be read as a formula. Plain numbers stay. */
export function safeCell(value: string): string {
  return formulaStart.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value) ? `'${value}` : value
}

/** Control characters, and marks that turn the direction of text (Unicode Standard Annex 9). */
const unprintable = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** Text for a terminal: what would move the cursor, change colours or turn the line around is shown, never obeyed. */
export function printable(text: string): string {
  return text.replace(unprintable, (c) => {
    const hex = c.charCodeAt(0).toString(16)
    return c <= '\xff' ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`
  })
}

/** JSON for a terminal: the same characters as escapes, which leaves the document what it was. */
export function printableJson(json: string): string {
  return json.replace(/[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (c) => {
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** One CSV field, RFC 4180 quoted where needed. */
export function csvField(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
