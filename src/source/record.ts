/** How fields are told apart. */
export interface Separators {
  readonly delimiter: string
  readonly quote: string
}

/**
 * Newlines of every kind become `\n` with a mark before those that were not, so that a carriage return inside quotes comes
 * back as it was. The marks are noncharacters, which no text may hold.
 */
const marks = { '\r\n': '\ufdd1\n', '\r': '\ufdd2\n' } as const
export function foldNewlines(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, (newline) => marks[newline as keyof typeof marks]) : text
}
export function unfoldNewlines(text: string): string {
  return text.replaceAll(marks['\r\n'], '\r\n').replaceAll(marks['\r'], '\r')
}
const isMark = (c: string | undefined): boolean => c === '\ufdd1' || c === '\ufdd2'

/** A record without the mark of its own newline. */
export function bare(record: string): string {
  return isMark(record.at(-1)) ? record.slice(0, -1) : record
}

/** A record of a text with folded newlines. `end` is where its newline stands, or the end of the text. */
export type TextRecord =
  | { readonly end: number; readonly fields: readonly string[] }
  | { readonly end: number; readonly trouble: 'source.unclosed-quote' | 'source.stray-quote' }

/** Longest record, in characters: at most three bytes each, it stays below the engine's 16 MiB. An unclosed quote gives up there at the latest. */
export const longestRecord = 5 * 1024 * 1024

/**
 * Reads the record that begins at `at` (RFC 4180; blanks around a quoted field do not count); undefined while more text is
 * needed. A quote that closes nowhere, or closes on a later line in the middle of a word, was never meant to open: it costs
 * its own line, and the next line is a record again.
 */
export function readRecord(text: string, at: number, last: boolean, separators: Separators): TextRecord | undefined {
  const { delimiter, quote } = separators
  const fields: string[] = []
  const line = lazyIndex(text, '\n')
  const next = lazyIndex(text, delimiter)
  const firstLine = (): TextRecord => ({ end: Math.min(line(at), text.length), trouble: 'source.unclosed-quote' })
  const long = text.length - at > longestRecord
  for (let i = at; ; ) {
    const start = afterBlanks(text, i, delimiter)
    if (text[start] !== quote || (start > i && literal(text, start, last, separators))) {
      const newline = line(i)
      if (newline === Infinity && !last) return long ? { end: text.length, fields: [text.slice(at)] } : undefined
      const end = Math.min(next(i), newline, text.length)
      if (end === newline || end === text.length) return { end, fields: [...fields, bare(text.slice(i, end))] }
      fields.push(text.slice(i, end))
      i = end + delimiter.length
      continue
    }
    const close = closingQuote(text, start + 1, quote)
    if (close < 0 || close - at > longestRecord) return last || long ? firstLine() : undefined
    const after = afterBlanks(text, close + 1, delimiter)
    if (after >= text.length && !last) return long ? firstLine() : undefined
    const value = text.slice(start + 1, close)
    fields.push(value.includes(quote) ? value.replaceAll(quote + quote, quote) : value)
    if (after >= text.length || text[after] === '\n') return { end: Math.min(after, text.length), fields }
    if (!text.startsWith(delimiter, after)) {
      if (text.slice(at, close).includes('\n')) return firstLine()
      return line(after) === Infinity && !last
        ? undefined
        : { end: Math.min(line(after), text.length), trouble: 'source.stray-quote' }
    }
    i = after + delimiter.length
  }
}

/** A quote after blanks that closes nowhere, or not at the end of its field, is a character like others. */
function literal(text: string, start: number, last: boolean, { delimiter, quote }: Separators): boolean {
  const close = closingQuote(text, start + 1, quote)
  if (close < 0) return last
  const after = afterBlanks(text, close + 1, delimiter)
  return after < text.length && text[after] !== '\n' && !text.startsWith(delimiter, after)
}

/** Where the field's quote closes; doubled quotes stand for themselves. -1: nowhere. */
function closingQuote(text: string, from: number, quote: string): number {
  for (let i = text.indexOf(quote, from); i >= 0; i = text.indexOf(quote, i + 2)) if (text[i + 1] !== quote) return i
  return -1
}

function afterBlanks(text: string, from: number, delimiter: string): number {
  let i = from
  if (delimiter !== ' ') while (text[i] === ' ') i++
  return isMark(text[i]) ? i + 1 : i
}

/** `indexOf` that remembers what it found, so that a far or missing sign is sought once. Infinity: nowhere. */
function lazyIndex(text: string, sign: string): (from: number) => number {
  let found = -1
  return (from) => {
    if (found < from) {
      found = text.indexOf(sign, from)
      if (found < 0) found = Infinity
    }
    return found
  }
}
