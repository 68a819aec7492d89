import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { csvField, type Finding, type Place } from '../core/index.ts'
import { ROW } from '../engine/index.ts'
import { finding } from './findings.ts'
import type { PieceLoaded, ReadContext } from './piece.ts'
import { longestRecord } from './record.ts'

type Records = AsyncIterable<readonly string[]> | Iterable<readonly string[]>

/** Loads records, each with its own number first, through a file that the engine reads without doubt. */
export async function loadThroughCsv(
  records: Records,
  columns: readonly string[],
  target: string,
  place: Place,
  context: ReadContext,
): Promise<PieceLoaded> {
  const csv = join(context.scratch, `${randomUUID()}.csv`)
  try {
    const { written, findings } = await writeRecords(csv, records, place, context.watch.signal)
    return { ...(await loadRecords(csv, written, columns, target, context)), findings }
  } finally {
    await rm(csv, { force: true })
  }
}

/** No header, a blank field is missing, everything else quoted as needed. */
async function writeRecords(
  target: string,
  records: Records,
  place: Place,
  signal?: AbortSignal,
): Promise<{ written: number; findings: Finding[] }> {
  const findings: Finding[] = []
  let written = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const record of records) {
      const line = `${record.map(csvField).join(',')}\n`
      if (line.length > longestRecord)
        findings.push(finding('source.record-too-long', { ...place, row: Number(record[0]) }, { limit: longestRecord }))
      else {
        written++
        yield line
      }
    }
  }
  await writeText(target, lines(), signal)
  return { written, findings }
}

const batchLength = 1 << 16

/** Writes pieces of text in batches. A failure of the disk is thrown, never lost; the file is closed whatever happens. */
export async function writeText(
  target: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const out = createWriteStream(target)
  const closed = once(out, 'close')
  closed.catch(() => {})
  let batch = ''
  const flush = async (): Promise<void> => {
    signal?.throwIfAborted()
    const text = batch
    batch = ''
    if (!out.write(text)) await Promise.race([once(out, 'drain'), closed])
    await breathe()
  }
  try {
    for await (const piece of pieces) {
      batch += piece
      if (batch.length >= batchLength) await flush()
    }
    if (batch !== '') await flush()
  } finally {
    out.end()
    await closed
  }
}

/** Lets signals and timers in: loops over what is in memory already would keep them out. */
export function breathe(): Promise<void> {
  return new Promise((done) => setImmediate(done))
}

/** Loads what {@link loadThroughCsv} or the cleaner wrote: `#row` first. Every record written must arrive. */
export async function loadRecords(
  path: string,
  written: number,
  columns: readonly string[],
  target: string,
  { session, watch }: ReadContext,
): Promise<Pick<PieceLoaded, 'rows' | 'rowNumbers'>> {
  const { rows, rejects } = await session.load(
    {
      format: 'csv',
      path,
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      newline: '\n',
      skip: 0,
      longRecords: true,
      columns: [ROW, ...columns],
    },
    target,
    watch,
  )
  if (rejects.length > 0 || rows !== written) throw new Error(`${rows} of ${written} records arrived`)
  return { rows, rowNumbers: 'column' }
}
