import type { Finding } from '../core/index.ts'
import { openEngine, type Session } from '../engine/index.ts'
import { finding } from './findings.ts'
import { nameColumns } from './names.ts'
import type { Piece, ReadContext } from './piece.ts'

/** Memory of the engine that reads one Parquet file. */
const memory = '2GB'

/**
 * Reads a Parquet file as one piece; the file's own types are kept as declarations. A damaged file may leave an engine
 * useless for everything after it, so each file has an engine of its own.
 */
export async function readParquet(path: string, context: ReadContext): Promise<Piece | Finding> {
  const apart = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    await using engine = await openEngine({ memory, spill: context.scratch })
    await using session = await engine.open()
    return await work(session)
  }
  const declared = await apart((session) => session.describeParquet(path)).catch(() => undefined)
  if (declared === undefined)
    return finding('source.corrupt', context.place, { format: 'Parquet', why: 'unreadable footer' })
  const named = nameColumns(
    declared.map((c) => c.name),
    context.place,
    declared.map((c) => c.type),
  )
  const clash = named.columns.some((c) => c.name.toLowerCase() === 'file_row_number')
  const columns = named.columns.map((c, i) => ({ from: declared[i]!.name, to: c.name, type: declared[i]!.type }))
  return {
    origin: {},
    columns: named.columns,
    findings: named.findings,
    async load(target) {
      const input = { format: 'parquet', path, columns, numbered: clash } as const
      const { rows } = await apart((session) => session.load(input, target, context.watch))
      return { rows, rowNumbers: clash ? 'column' : 'position', findings: [] }
    },
  }
}
