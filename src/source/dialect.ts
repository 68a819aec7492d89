/** How a text file separates its fields, and where its header stands. */
export interface CsvDialect {
  readonly delimiter: string
  readonly quote: string
  /** Records before the header that are only a title. */
  readonly titleRecords: number
  readonly header: readonly string[] | undefined
  /** Physical lines before the first data record. */
  readonly skipLines: number
  /** Fields of a usual data record. */
  readonly width: number
}

const delimiters = [',', '\t', ';', '|', ' '] as const

/** A record of the sample with the physical lines it takes. */
interface SampleRecord {
  readonly fields: readonly string[]
  readonly lines: number
}

/** Judges a decoded sample from the beginning of the file. The last record of a cut sample is left out. */
export function detectDialect(sample: string, whole: boolean, named?: string): CsvDialect {
  const tried = (named === undefined ? delimiters : [named]).map((delimiter) => {
    const records = sampleRecords(sample, delimiter, whole)
    return { delimiter, records, ...agreement(records) }
  })
  const usable = tried.filter((t) => t.width > 1 && (t.delimiter !== ' ' || t.share === 1))
  const best = usable.sort((a, b) => b.share * Math.min(b.width, 50) - a.share * Math.min(a.width, 50))[0] ?? tried[0]!
  return { delimiter: best.delimiter, quote: '"', ...headerOf(best.records, best.width) }
}

/** The most common number of fields, and the share of records that have it. */
function agreement(records: readonly SampleRecord[]): { width: number; share: number } {
  const counts = new Map<number, number>()
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  let [width, most] = [1, 0]
  for (const [n, count] of counts) if (count > most || (count === most && n > width)) [width, most] = [n, count]
  return { width, share: records.length === 0 ? 0 : most / records.length }
}

function headerOf(records: readonly SampleRecord[], width: number): Omit<CsvDialect, 'delimiter' | 'quote'> {
  const dataWidth = agreement(records.slice(1)).width
  const usual = records.length > 2 ? dataWidth : width
  let titles = 0
  while (titles < Math.min(records.length - 1, 20) && isTitle(records[titles]!, usual)) titles++
  const first = records[titles]
  if (first === undefined) return { titleRecords: 0, header: undefined, skipLines: 0, width: usual }
  const below = records.slice(titles + 1, titles + 201)
  const named = looksLikeHeader(first.fields, below)
  const skipped = records.slice(0, titles + (named ? 1 : 0))
  return {
    titleRecords: titles,
    header: named ? first.fields : undefined,
    skipLines: skipped.reduce((sum, r) => sum + r.lines, 0),
    width: named ? preferred(first.fields.length, below, usual) : usual,
  }
}

/** Where the data do not clearly disagree with the header, the header says how many fields there are. */
function preferred(headerWidth: number, below: readonly SampleRecord[], usual: number): number {
  const like = (width: number): number => below.filter((r) => r.fields.length === width).length
  return like(headerWidth) >= like(usual) ? headerWidth : usual
}

/** A title fills one field of a table that has several. */
function isTitle({ fields }: SampleRecord, width: number): boolean {
  return width > 1 && fields.filter((f) => f.trim() !== '').length <= 1
}

const numeral = /^[-+]?\d[\d.,:/\-]*$/
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

/** Up to 500 records of the sample. */
function sampleRecords(sample: string, delimiter: string, whole: boolean): SampleRecord[] {
  const records: SampleRecord[] = []
  let fields: string[] = []
  let field = ''
  let quoted = false
  let lines = 1
  const endRecord = (): void => {
    records.push({ fields: [...fields, field], lines })
    fields = []
    field = ''
    lines = 1
  }
  for (let i = 0; i < sample.length && records.length < 500; i++) {
    const c = sample[i]!
    if (quoted) {
      if (c === '"' && sample[i + 1] === '"') field += sample[i++]
      else if (c === '"') quoted = false
      else {
        if (c === '\n') lines++
        field += c
      }
    } else if (c === '"' && field === '') quoted = true
    else if (c === delimiter) {
      fields.push(field)
      field = ''
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && sample[i + 1] === '\n') i++
      endRecord()
    } else field += c
  }
  if (whole && (field !== '' || fields.length > 0) && records.length < 500) endRecord()
  return records
}
