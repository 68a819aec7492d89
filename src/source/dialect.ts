import { filled, headerIndex, numeral } from './header.ts'
import { foldNewlines, readRecord, type Separators, unfoldNewlines } from './record.ts'

/** How a text file separates its fields, and where its header stands. */
export interface CsvDialect {
  readonly delimiter: string
  readonly quote: string
  /** Records before the header that are only a title. */
  readonly titleRecords: number
  readonly header: readonly string[] | undefined
  /** Physical lines before the first data record. */
  readonly skipLines: number
  /** Whether those lines are one record each by any reading: no quote in them is left open. */
  readonly plainSkip: boolean
  /** Fields of a usual data record. */
  readonly width: number
  /** Nothing but blanks and delimiters. */
  readonly blank: boolean
}

const usual = [',', '\t', ';', '|'] as const
/** Taken only where no usual one fits and every record agrees: export formats of data warehouses, and blanks. */
const rare = ['\u0001', '\u001f', '|@|', '||', '::', '^', '~', '§', '¦', ' '] as const

/** A record of the sample with the physical lines it takes. */
interface SampleRecord {
  readonly fields: readonly string[]
  readonly lines: number
  readonly plain: boolean
}
interface Tried {
  readonly delimiter: string
  readonly records: readonly SampleRecord[]
  readonly width: number
  readonly share: number
}

/** Judges a decoded sample from the beginning of the file. The last record of a cut sample is left out. */
export function detectDialect(sample: string, whole: boolean, named?: string): CsvDialect {
  const text = foldNewlines(sample.replace(/^\ufeff/, ''))
  const quote = quoteOf(text)
  const attempt = (delimiter: string): Tried => {
    const records = sampleRecords(text, { delimiter, quote }, whole)
    return { delimiter, records, ...agreement(records) }
  }
  const { delimiter, records, width } = named === undefined ? bestOf(attempt) : attempt(named)
  const blank = records.every((r) => filled(r.fields) === 0)
  return { delimiter, quote, blank, ...headerOf(records, width) }
}

function bestOf(attempt: (delimiter: string) => Tried): Tried {
  const tried = usual.map(attempt)
  const fitting = tried.filter((t) => t.width > 1)
  const best = fitting.sort((a, b) => b.share * Math.min(b.width, 50) - a.share * Math.min(a.width, 50))[0]
  if (best === undefined) return rare.map(attempt).find((t) => t.width > 1 && t.share === 1) ?? tried[0]!
  const longer = best.delimiter === '|' ? ['|@|', '||'].map(attempt).find((t) => replaces(t, best)) : undefined
  return longer ?? best
}

/** Every bar belongs to a longer delimiter: each second field between bars is the same, blank or `@`. */
function replaces(long: Tried, short: Tried): boolean {
  return long.width > 1 && long.share === 1 && short.width === 2 * long.width - 1
}

/** The quote of the sample: `'` only where fields stand in it and none in `"`. */
function quoteOf(sample: string): string {
  if (!sample.includes("'") || /(^|[,;|\t\n])\s*"/.test(sample)) return '"'
  const single = sample.match(/(?<=^|[,;|\t\n]) *'[^'\n]*(?:''[^'\n]*)*'(?= *([,;|\t\r\n]|$))/g)?.length ?? 0
  return single >= 2 && single * 2 >= (sample.match(/\n/g)?.length ?? 0) ? "'" : '"'
}

/** The most common number of fields, and the share of records that have it. */
function agreement(records: readonly SampleRecord[]): { width: number; share: number } {
  const counts = new Map<number, number>()
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  let [width, most] = [1, 0]
  for (const [n, count] of counts) if (count > most || (count === most && n > width)) [width, most] = [n, count]
  return { width, share: records.length === 0 ? 0 : most / records.length }
}

type Header = Pick<CsvDialect, 'titleRecords' | 'header' | 'skipLines' | 'plainSkip' | 'width'>

function headerOf(records: readonly SampleRecord[], width: number): Header {
  const dataWidth = agreement(records.slice(1)).width
  const usualWidth = records.length > 2 ? dataWidth : width
  const titles = headerIndex(
    records.map((r) => r.fields),
    usualWidth,
  )
  const first = records[titles]
  if (first === undefined)
    return { titleRecords: 0, header: undefined, skipLines: 0, plainSkip: true, width: usualWidth }
  const below = records.slice(titles + 1, titles + 201)
  const named = looksLikeHeader(first.fields, below)
  const skipped = records.slice(0, titles + (named ? 1 : 0))
  return {
    titleRecords: titles,
    header: named ? first.fields : undefined,
    skipLines: skipped.reduce((sum, r) => sum + r.lines, 0),
    plainSkip: skipped.every((r) => r.plain),
    width: named ? preferred(first.fields.length, below, usualWidth) : usualWidth,
  }
}

/** Where the data do not clearly disagree with the header, the header says how many fields there are. */
function preferred(headerWidth: number, below: readonly SampleRecord[], usualWidth: number): number {
  const like = (width: number): number => below.filter((r) => r.fields.length === width).length
  return like(headerWidth) >= like(usualWidth) ? headerWidth : usualWidth
}

const yearLike = /^(19|20)\d\d$/

/** A first record is data when most of its fields look like the values below: numbers above numbers. */
function looksLikeHeader(first: readonly string[], below: readonly SampleRecord[]): boolean {
  let numeric = 0
  let alike = 0
  first.forEach((field, i) => {
    const values = below.map((r) => r.fields[i] ?? '').filter((v) => v.trim() !== '')
    if (values.length === 0 || values.filter((v) => numeral.test(v.trim())).length < values.length * 0.8) return
    numeric++
    if (numeral.test(field.trim()) && !yearLike.test(field.trim())) alike++
  })
  if (numeric > 0) return alike * 2 <= numeric
  return !below.some((r) => r.fields.join('\u0000') === first.join('\u0000'))
}

/** Up to 500 records of the sample, cut as they will be read. */
function sampleRecords(text: string, separators: Separators, whole: boolean): SampleRecord[] {
  const records: SampleRecord[] = []
  for (let at = 0; at < text.length && records.length < 500; ) {
    const record = readRecord(text, at, whole, separators)
    if (record === undefined) break
    const raw = text.slice(at, record.end)
    records.push({
      fields: 'fields' in record ? record.fields.map(unfoldNewlines) : raw.split(separators.delimiter),
      lines: raw.split('\n').length,
      plain: !raw.includes('\n') && raw.split(separators.quote).length % 2 === 1,
    })
    at = record.end + 1
  }
  return records
}
