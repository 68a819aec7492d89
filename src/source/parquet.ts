import type { Finding } from '../core/index.ts'
import { finding } from './findings.ts'
import { nameColumns } from './names.ts'
import type { Piece, ReadContext } from './piece.ts'

/** Reads a Parquet file as one piece; the file's own types are kept as declarations. */
export async function readParquet(path: string, context: ReadContext): Promise<Piece | Finding> {
  const declared = await context.session.describeParquet(path).catch(() => undefined)
  if (declared === undefined)
    return finding('source.corrupt', context.place, { format: 'Parquet', why: 'unreadable footer' })
  const named = nameColumns(
    declared.map((c) => c.name),
    context.place,
    declared.map((c) => c.type),
  )
  const clash = named.columns.some((c) => c.name.toLowerCase() === 'file_row_number')
  return {
    origin: {},
    columns: named.columns,
    findings: named.findings,
    async load(target) {
      const columns = named.columns.map((c, i) => ({ from: declared[i]!.name, to: c.name, type: declared[i]!.type }))
      const { rows } = await context.session.load(
        { format: 'parquet', path, columns, numbered: clash },
        target,
        context.watch,
      )
      return { rows, rowNumbers: clash ? 'column' : 'position', findings: [] }
    },
  }
}
