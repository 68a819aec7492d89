import { type Package, unescapeControl, type Workbook } from './workbook.ts'

/** A row of a sheet: cells by column index from 0, with what was odd about them. */
export interface SheetRow {
  /** Row number as the spreadsheet shows it, from 1. */
  readonly number: number
  readonly cells: readonly string[]
  /** Columns (from 0) whose cell is an error such as #N/A, with it. */
  readonly errors: readonly (readonly [column: number, value: string])[]
  /** Columns whose number has lost digits: 16 or more digits were once there. */
  readonly lost: readonly number[]
  /** Columns whose formula has no stored result. */
  readonly uncomputed: readonly number[]
}

export interface Merge {
  readonly fromRow: number
  readonly toRow: number
  readonly fromColumn: number
  readonly toColumn: number
}

/** Streams the rows of a sheet in bounded memory; merged areas are known only when the sheet has ended. */
export async function* sheetRows(
  pack: Package,
  book: Workbook,
  part: string,
  merges: Merge[],
): AsyncGenerator<SheetRow> {
  const ready: SheetRow[] = []
  const reader = new RowReader(book, merges, (row) => ready.push(row))
  for await (const _ of pack.events(part, reader)) {
    yield* ready
    ready.length = 0
  }
  yield* ready
}

class RowReader {
  readonly #book: Workbook
  readonly #merges: Merge[]
  readonly #done: (row: SheetRow) => void
  #row = 0
  #cells: string[] = []
  #errors: [number, string][] = []
  #lost: number[] = []
  #uncomputed: number[] = []
  #formula = false
  #column = -1
  #type = ''
  #style = 0
  #value = ''
  #collect = false
  #phonetic = false
  constructor(book: Workbook, merges: Merge[], done: (row: SheetRow) => void) {
    this.#book = book
    this.#merges = merges
    this.#done = done
  }

  open(name: string, a: Record<string, string>): void {
    if (name === 'row') this.#startRow(a['r'])
    else if (name === 'c') this.#startCell(a)
    else if (name === 'rPh') this.#phonetic = true
    else if (name === 'f') this.#formula = true
    else if (name === 'v' || (name === 't' && !this.#phonetic)) this.#collect = true
    else if (name === 'mergeCell') this.#merges.push(mergeOf(a['ref'] ?? ''))
  }

  text(text: string): void {
    if (this.#collect) this.#value += text
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#collect = false
    else if (name === 'rPh') this.#phonetic = false
    else if (name === 'c') this.#endCell()
    else if (name === 'row')
      this.#done({
        number: this.#row,
        cells: this.#cells,
        errors: this.#errors,
        lost: this.#lost,
        uncomputed: this.#uncomputed,
      })
  }

  #startRow(number: string | undefined): void {
    this.#row = number === undefined ? this.#row + 1 : Number(number)
    this.#cells = []
    this.#errors = []
    this.#lost = []
    this.#uncomputed = []
    this.#column = -1
  }

  #startCell(a: Record<string, string>): void {
    this.#column = a['r'] === undefined ? this.#column + 1 : columnOf(a['r'])
    this.#type = a['t'] ?? 'n'
    this.#style = Number(a['s'] ?? 0)
    this.#value = ''
    this.#formula = false
  }

  #endCell(): void {
    if (this.#column < 0 || this.#column > 16_383) return
    while (this.#cells.length < this.#column) this.#cells.push('')
    this.#cells[this.#column] = this.#read()
  }

  #read(): string {
    if (this.#value === '') {
      if (this.#formula && this.#type !== 'str') this.#uncomputed.push(this.#column)
      return ''
    }
    switch (this.#type) {
      case 's':
        return this.#book.strings[Number(this.#value)] ?? ''
      case 'b':
        return this.#value === '1' ? 'true' : 'false'
      case 'e':
        this.#errors.push([this.#column, this.#value])
        return ''
      case 'n':
        return this.#number()
      default:
        return unescapeControl(this.#value)
    }
  }

  #number(): string {
    const kind = this.#book.styles[this.#style] ?? 'number'
    const value = Number(this.#value)
    if (kind === 'elapsed') return elapsed(value) ?? this.#value
    if (kind === 'date' || kind === 'datetime' || kind === 'time')
      return serialDate(value, kind, this.#book.from1904) ?? this.#value
    if (Number.isFinite(value) && Math.abs(value) >= 1e15 && Number.isInteger(value)) this.#lost.push(this.#column)
    return plainNumber(this.#value, value)
  }
}

/** `1.1010519491231E+17` stays as written: lost digits are never made up. Shorter numbers lose their float tail (0.1+0.2). */
function plainNumber(written: string, value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return written
  const short = String(Number(value.toPrecision(15)))
  return short.includes('e') ? written : short
}

/** A serial number as ISO text. The 1900 system counts a 29 February 1900 that never was: below 61 it is one day off. */
export function serialDate(serial: number, kind: 'date' | 'datetime' | 'time', from1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return undefined
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const instant = new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString()
  if (kind === 'time' && serial < 1) return instant.slice(11, 19)
  const midnight = serial === Math.floor(serial)
  return kind === 'date' || midnight ? instant.slice(0, 10) : instant.slice(0, 19).replace('T', ' ')
}

/** Hours that go beyond a day (`[h]:mm`), as `30:05:00`. */
function elapsed(days: number): string | undefined {
  if (!Number.isFinite(days) || days < 0) return undefined
  const seconds = Math.round(days * 86_400)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** `BC12` → 54. */
export function columnOf(reference: string): number {
  let n = 0
  for (const c of reference) {
    const code = c.charCodeAt(0)
    if (code < 65 || code > 90) break
    n = n * 26 + code - 64
  }
  return n - 1
}

function mergeOf(reference: string): Merge {
  const [from = '', to = from] = reference.split(':')
  const row = (cell: string): number => Number(/\d+/.exec(cell)?.[0] ?? 0)
  return { fromRow: row(from), toRow: row(to), fromColumn: columnOf(from), toColumn: columnOf(to) }
}
