import { join } from 'node:path'
import type { Finding, Place } from '../../core/index.ts'
import { ROW } from '../../engine/index.ts'
import { finding } from '../findings.ts'
import { nameColumns } from '../names.ts'
import type { Piece, PieceLoaded, ReadContext } from '../piece.ts'
import { writeRecords } from '../records.ts'
import { type Merge, type SheetRow, sheetRows } from './cells.ts'
import { Package, readWorkbook, type Workbook } from './workbook.ts'

export interface SheetPiece {
  readonly sheet: string
  readonly piece: Piece
}

/** Recognises every sheet that holds data. The package stays open until `close`. Throws what the archive reader throws. */
export async function readXlsx(
  path: string,
  packed: number,
  context: ReadContext,
): Promise<{ sheets: SheetPiece[]; findings: Finding[]; close(): void }> {
  const pack = await Package.open(path, packed)
  const book = await readWorkbook(pack)
  const sheets: SheetPiece[] = []
  const findings: Finding[] = []
  for (const sheet of book.sheets) {
    context.watch.signal?.throwIfAborted()
    const place = { ...context.place, ...(book.sheets.length > 1 ? { sheet: sheet.name } : {}) }
    const top = await layoutOf(pack, book, sheet.path)
    if (top === undefined) {
      if (book.sheets.length === 1) findings.push(finding('source.empty-file', place))
      continue
    }
    if (sheet.hidden) findings.push(finding('source.hidden-sheet', place))
    sheets.push({ sheet: sheet.name, piece: sheetPiece(pack, book, sheet.path, top, place, context) })
  }
  return { sheets, findings, close: () => pack.close() }
}

interface Layout {
  readonly headers: readonly string[]
  /** Rows up to and including this one are not data. */
  readonly lastHeaderRow: number
  readonly titles: number
  readonly merged: boolean
  readonly firstColumn: number
}

const lookedAt = 200

/** Finds the header: the first row that fills most of the table's width; a second one when the first has cells merged across. */
async function layoutOf(pack: Package, book: Workbook, part: string): Promise<Layout | undefined> {
  const merges: Merge[] = []
  const rows: SheetRow[] = []
  for await (const row of sheetRows(pack, book, part, merges))
    if (rows.length < lookedAt && filled(row) > 0) rows.push(row)
  if (rows.length === 0) return undefined
  const width = typicalWidth(rows)
  const firstColumn = Math.min(...rows.map((r) => r.cells.findIndex((c) => c !== '')))
  let at = 0
  while (at < rows.length - 1 && filled(rows[at]!) <= 1 && width > 1) at++
  const head = rows[at]!
  const across = merges.filter((m) => m.fromRow === head.number && m.toRow === head.number && m.toColumn > m.fromColumn)
  const second = across.length > 0 && rows[at + 1] !== undefined && at + 2 < rows.length ? rows[at + 1] : undefined
  const headers = second ? joined(head, second, across) : [...head.cells]
  const columns = Math.max(headers.length, ...rows.slice(at + 1).map((r) => r.cells.length))
  while (headers.length < columns) headers.push('')
  return {
    headers: headers.slice(firstColumn),
    lastHeaderRow: (second ?? head).number,
    titles: at,
    merged: second !== undefined,
    firstColumn,
  }
}

function filled(row: SheetRow): number {
  return row.cells.reduce((n, c) => n + (c.trim() === '' ? 0 : 1), 0)
}

function typicalWidth(rows: readonly SheetRow[]): number {
  const widths = rows.map(filled).sort((a, b) => a - b)
  return widths[Math.floor(widths.length / 2)] ?? 1
}

/** `联系方式` over `电话` and `邮箱` gives `联系方式/电话`, `联系方式/邮箱`. */
function joined(head: SheetRow, second: SheetRow, across: readonly Merge[]): string[] {
  const n = Math.max(head.cells.length, second.cells.length)
  return Array.from({ length: n }, (_, i) => {
    const merge = across.find((m) => i >= m.fromColumn && i <= m.toColumn)
    const upper = (merge ? head.cells[merge.fromColumn] : head.cells[i]) ?? ''
    const lower = second.cells[i] ?? ''
    return upper !== '' && lower !== '' && upper !== lower ? `${upper}/${lower}` : upper || lower
  })
}

function sheetPiece(
  pack: Package,
  book: Workbook,
  part: string,
  layout: Layout,
  place: Place,
  context: ReadContext,
): Piece {
  const named = nameColumns(layout.headers, place)
  const findings = [...named.findings]
  if (layout.titles > 0) findings.push(finding('source.title-lines', place, { lines: layout.titles }))
  if (layout.merged) findings.push(finding('source.merged-header', place))
  return {
    origin: { headerLine: layout.lastHeaderRow },
    columns: named.columns,
    findings,
    async load(target): Promise<PieceLoaded> {
      const odd = new Oddities(
        named.columns.map((c) => c.name),
        place,
      )
      const csv = join(context.scratch, 'sheet.csv')
      await writeRecords(csv, records(pack, book, part, layout, named.columns.length, odd), context.watch.signal)
      const columns = [ROW, ...named.columns.map((c) => c.name)]
      const { rows } = await context.session.load(
        { format: 'csv', path: csv, encoding: 'utf-8', delimiter: ',', quote: '"', skip: 0, columns },
        target,
        context.watch,
      )
      return { rows, rowNumbers: 'column', findings: odd.findings() }
    },
  }
}

/** Data rows with the row number the spreadsheet shows. Rows without any value are passed over. */
async function* records(
  pack: Package,
  book: Workbook,
  part: string,
  layout: Layout,
  width: number,
  odd: Oddities,
): AsyncGenerator<string[]> {
  for await (const row of sheetRows(pack, book, part, [])) {
    if (row.number <= layout.lastHeaderRow) continue
    odd.see(row, layout.firstColumn)
    if (filled(row) === 0) continue
    const cells = row.cells.slice(layout.firstColumn, layout.firstColumn + width)
    while (cells.length < width) cells.push('')
    yield [String(row.number), ...cells]
  }
}

/** Error cells one by one; lost digits per column, because a whole column is usually ruined at once. */
class Oddities {
  readonly #columns: readonly string[]
  readonly #place: Place
  readonly #errors: Finding[] = []
  readonly #lost = new Map<number, { count: number; row: number }>()
  constructor(columns: readonly string[], place: Place) {
    this.#columns = columns
    this.#place = place
  }
  see(row: SheetRow, firstColumn: number): void {
    for (const [column, value] of row.errors)
      if (this.#errors.length < 10_000)
        this.#errors.push(
          finding(
            'source.error-cell',
            { ...this.#place, row: row.number, column: this.#name(column - firstColumn) },
            { value },
          ),
        )
    for (const column of row.lost) {
      const seen = this.#lost.get(column - firstColumn) ?? { count: 0, row: row.number }
      this.#lost.set(column - firstColumn, { ...seen, count: seen.count + 1 })
    }
  }
  findings(): Finding[] {
    const lost = [...this.#lost].map(([column, { count, row }]) =>
      finding('source.lost-digits', { ...this.#place, row, column: this.#name(column) }, { count }),
    )
    return [...this.#errors, ...lost]
  }
  #name(column: number): string {
    return this.#columns[column] ?? String(column + 1)
  }
}
