import type { Finding, Place } from '../../core/index.ts'
import { type FindingCode, finding } from '../findings.ts'
import { filled, headerIndex } from '../header.ts'
import { nameColumns } from '../names.ts'
import type { Piece, PieceLoaded, ReadContext } from '../piece.ts'
import { loadThroughCsv } from '../records.ts'
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
): Promise<{ sheets: SheetPiece[]; findings: Finding[] } & AsyncDisposable> {
  const pack = await Package.open(path, packed, context.watch.signal)
  try {
    return { ...(await recognised(pack, context)), [Symbol.asyncDispose]: async () => pack.close() }
  } catch (error) {
    pack.close()
    throw error
  }
}

async function recognised(pack: Package, context: ReadContext): Promise<{ sheets: SheetPiece[]; findings: Finding[] }> {
  const book = await readWorkbook(pack)
  const sheets: SheetPiece[] = []
  const findings: Finding[] = []
  for (const sheet of book.sheets) {
    const place = { ...context.place, ...(book.sheets.length > 1 ? { sheet: sheet.name } : {}) }
    const top = await layoutOf(pack, book, sheet.path)
    if (top === undefined) continue
    if (sheet.hidden) findings.push(finding('source.hidden-sheet', place))
    sheets.push({ sheet: sheet.name, piece: sheetPiece(pack, book, sheet.path, top, place, context) })
  }
  if (sheets.length === 0) findings.push(finding('source.empty-file', context.place))
  return { sheets, findings }
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
/** Rows that one header may take. */
const deepest = 5

/** Finds the header below titles; it goes on over further rows as far as its merged cells reach. */
async function layoutOf(pack: Package, book: Workbook, part: string): Promise<Layout | undefined> {
  const merges: Merge[] = []
  const rows: SheetRow[] = []
  for await (const row of sheetRows(pack, book, part, merges))
    if (rows.length < lookedAt && filled(row.cells) > 0) rows.push(row)
  if (rows.length === 0) return undefined
  const firstColumn = Math.min(...rows.map((r) => r.cells.findIndex((c) => c !== '')))
  const at = headerIndex(
    rows.map((r) => r.cells),
    typicalWidth(rows),
  )
  const last = headerEnd(rows[at]!.number, merges)
  const head = rows.slice(at, rows.length - 1).filter((r, i) => i === 0 || r.number <= last)
  const headers = head.length > 1 ? joined(head, merges) : [...rows[at]!.cells]
  const columns = Math.max(headers.length, ...rows.slice(at + head.length).map((r) => r.cells.length))
  while (headers.length < columns) headers.push('')
  return {
    headers: headers.slice(firstColumn),
    lastHeaderRow: (head.at(-1) ?? rows[at]!).number,
    titles: at,
    merged: head.length > 1,
    firstColumn,
  }
}

/** The last row of a header that begins at `first`: a cell merged across has names below it, one merged downwards reaches to them. */
function headerEnd(first: number, merges: readonly Merge[]): number {
  let last = first
  for (let before = 0; before !== last && last - first < deepest; ) {
    before = last
    for (const m of merges.filter((m) => m.fromRow >= first && m.fromRow <= before))
      last = Math.max(last, m.toColumn > m.fromColumn ? m.toRow + 1 : m.toRow)
  }
  return last
}

function typicalWidth(rows: readonly SheetRow[]): number {
  const widths = rows.map((r) => filled(r.cells)).sort((a, b) => a - b)
  return widths[Math.floor(widths.length / 2)] ?? 1
}

/** `联系方式` over `电话` and `邮箱` gives `联系方式/电话`, `联系方式/邮箱`. */
function joined(head: readonly SheetRow[], merges: readonly Merge[]): string[] {
  const n = Math.max(...head.map((r) => r.cells.length))
  const across = merges.filter((m) => m.toColumn > m.fromColumn)
  return Array.from({ length: n }, (_, i) => {
    const names = head.map((row) => {
      const merge = across.find((m) => row.number === m.fromRow && i >= m.fromColumn && i <= m.toColumn)
      return (row.cells[merge ? merge.fromColumn : i] ?? '').trim()
    })
    return [...new Set(names.filter((name) => name !== ''))].join('/')
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
      const found = records(pack, book, part, layout, named.columns.length, odd)
      const columns = named.columns.map((c) => c.name)
      const loaded = await loadThroughCsv(found, columns, target, place, context)
      return { ...loaded, findings: [...odd.findings(), ...loaded.findings] }
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
    if (filled(row.cells) === 0) continue
    const cells = row.cells.slice(layout.firstColumn, layout.firstColumn + width)
    while (cells.length < width) cells.push('')
    yield [String(row.number), ...cells]
  }
}

/** Error cells one by one; lost digits and formulas without a result per column, because a whole column is usually ruined at once. */
class Oddities {
  readonly #columns: readonly string[]
  readonly #place: Place
  readonly #errors: Finding[] = []
  readonly #counts = new Map<string, { code: FindingCode; column: number; count: number; row: number }>()
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
    for (const column of row.lost) this.#count('source.lost-digits', column - firstColumn, row.number)
    for (const column of row.uncomputed) this.#count('source.uncomputed-formula', column - firstColumn, row.number)
  }
  findings(): Finding[] {
    const counted = [...this.#counts.values()].map(({ code, column, count, row }) =>
      finding(code, { ...this.#place, row, column: this.#name(column) }, { count }),
    )
    return [...this.#errors, ...counted]
  }
  #count(code: FindingCode, column: number, row: number): void {
    const key = `${code}@${column}`
    const seen = this.#counts.get(key)
    if (seen) seen.count++
    else this.#counts.set(key, { code, column, count: 1, row })
  }
  #name(column: number): string {
    return this.#columns[column] ?? String(column + 1)
  }
}
