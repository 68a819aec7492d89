import { SaxesParser, type SaxesTagPlain } from 'saxes'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type yauzl from 'yauzl'
import { Budget, entryName, openZip, TooMuch, unpackLimits } from '../unpack.ts'

/** The parts of a workbook that cells refer to. Office Open XML, ECMA-376 part 1. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly path: string }[]
  readonly strings: readonly string[]
  /** Style index → how a number in that style is to be read. */
  readonly styles: readonly ('number' | 'date' | 'datetime' | 'time' | 'elapsed' | 'text')[]
  /** Days are counted from 1904-01-01 instead of 1899-12-30. */
  readonly from1904: boolean
}

export type Handlers = {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** An opened .xlsx: its parts can be read as streams of XML events. */
export class Package {
  readonly #entries: ReadonlyMap<string, yauzl.Entry>
  readonly #zip: yauzl.ZipFile
  readonly #packed: number
  readonly #signal: AbortSignal | undefined
  private constructor(
    zip: yauzl.ZipFile,
    entries: ReadonlyMap<string, yauzl.Entry>,
    packed: number,
    signal: AbortSignal | undefined,
  ) {
    this.#zip = zip
    this.#entries = entries
    this.#packed = packed
    this.#signal = signal
  }

  static async open(path: string, packed: number, signal?: AbortSignal): Promise<Package> {
    const zip = await openZip(path)
    zip.autoClose = false
    const entries = new Map<string, yauzl.Entry>()
    for await (const entry of zip.eachEntry()) {
      entries.set(entryName(entry), entry)
      if (entries.size > unpackLimits.entries) throw new TooMuch()
    }
    return new Package(zip, entries, packed, signal)
  }

  has(part: string): boolean {
    return this.#entries.has(part)
  }

  /** Feeds a part to the handlers chunk by chunk; the caller may pause between chunks. A part is read twice at most. */
  async *events(part: string, handlers: Handlers): AsyncGenerator<void> {
    const entry = this.#entries.get(part)
    if (entry === undefined) throw new Error(`${part} is missing`)
    const parser = parserOf(handlers)
    const decoder = new TextDecoder()
    const stream = await this.#zip.openReadStreamPromise(entry)
    for await (const chunk of metered(stream, new Budget(this.#packed, unpackLimits))) {
      this.#signal?.throwIfAborted()
      parser.write(decoder.decode(chunk as Buffer, { stream: true }))
      yield
    }
    parser.write(decoder.decode()).close()
  }

  async read(part: string, handlers: Handlers): Promise<void> {
    for await (const _ of this.events(part, handlers));
  }

  close(): void {
    this.#zip.close()
  }
}

/** `pipe` would keep an error of the archive to itself. */
function metered(source: Readable, budget: Budget): AsyncIterable<unknown> {
  const meter = budget.meter()
  pipeline(source, meter).catch(() => {})
  return meter
}

function parserOf(handlers: Handlers): SaxesParser {
  const parser = new SaxesParser()
  const local = (name: string): string => name.slice(name.indexOf(':') + 1)
  parser.on('opentag', (tag: SaxesTagPlain) =>
    handlers.open?.(local(tag.name), tag.attributes as Record<string, string>),
  )
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('closetag', (tag) => handlers.close?.(local(tag.name)))
  parser.on('error', (error) => {
    throw error
  })
  return parser
}

/** Reads everything but the cells. */
export async function readWorkbook(pack: Package): Promise<Workbook> {
  const targets = await relations(pack)
  const { sheets, from1904 } = await sheetList(pack, targets)
  return {
    sheets,
    from1904,
    strings: pack.has('xl/sharedStrings.xml') ? await sharedStrings(pack) : [],
    styles: pack.has('xl/styles.xml') ? await styleKinds(pack) : [],
  }
}

async function relations(pack: Package): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  await pack.read('xl/_rels/workbook.xml.rels', {
    open: (name, a) => {
      if (name === 'Relationship') targets.set(a['Id'] ?? '', partPath(a['Target'] ?? ''))
    },
  })
  return targets
}

function partPath(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
}

async function sheetList(pack: Package, targets: Map<string, string>): Promise<Pick<Workbook, 'sheets' | 'from1904'>> {
  const sheets: { name: string; hidden: boolean; path: string }[] = []
  let from1904 = false
  await pack.read('xl/workbook.xml', {
    open: (name, a) => {
      if (name === 'workbookPr') from1904 = a['date1904'] === '1' || a['date1904'] === 'true'
      const path = name === 'sheet' ? targets.get(a['r:id'] ?? a['id'] ?? '') : undefined
      if (path?.includes('worksheets/'))
        sheets.push({ name: a['name'] ?? '', hidden: (a['state'] ?? 'visible') !== 'visible', path })
    },
  })
  return { sheets, from1904 }
}

/** Characters of shared strings kept in memory. */
const mostShared = 256 * 2 ** 20

/** Rich text is joined; phonetic guides (rPh) are not part of the text. */
async function sharedStrings(pack: Package): Promise<string[]> {
  const strings: string[] = []
  let text = ''
  let length = 0
  let inText = false
  let phonetic = false
  await pack.read('xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') text = ''
      if (name === 'rPh') phonetic = true
      inText = name === 't' && !phonetic
    },
    text: (t) => {
      if (!inText) return
      text += t
      length += t.length
      if (length > mostShared) throw new TooMuch()
    },
    close: (name) => {
      if (name === 'rPh') phonetic = false
      if (name === 't') inText = false
      if (name === 'si') strings.push(unescapeControl(text))
    },
  })
  return strings
}

/** `_x000D_` stands for a control character in Office files. */
export function unescapeControl(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
}

const builtInDates = new Map<number, Workbook['styles'][number]>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
  [22, 'datetime'],
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id) => [id, 'time'] as const),
  [46, 'elapsed'],
  [49, 'text'],
])

async function styleKinds(pack: Package): Promise<Workbook['styles']> {
  const formats = new Map<number, string>()
  const kinds: Workbook['styles'][number][] = []
  let inCells = false
  await pack.read('xl/styles.xml', {
    open: (name, a) => {
      if (name === 'numFmt') formats.set(Number(a['numFmtId']), a['formatCode'] ?? '')
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) kinds.push(kindOf(Number(a['numFmtId'] ?? 0), formats))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return kinds
}

function kindOf(id: number, formats: ReadonlyMap<number, string>): Workbook['styles'][number] {
  const code = formats.get(id)
  if (code === undefined) return builtInDates.get(id) ?? 'number'
  if (/\[(h+|m+|s+)\]/i.test(code)) return 'elapsed'
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '').toLowerCase()
  if (bare === '@') return 'text'
  const day = /[yd]/.test(bare)
  const time = /[hs]/.test(bare)
  if (day) return time ? 'datetime' : 'date'
  return time ? 'time' : 'number'
}
