import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { csvField } from '../core/index.ts'

/** Writes records to a CSV that the engine reads without doubt: no header, a blank field is missing, everything else quoted as needed. */
export async function writeRecords(
  target: string,
  records: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  signal?: AbortSignal,
): Promise<number> {
  const out = createWriteStream(target)
  let count = 0
  let batch: string[] = []
  const flush = async (): Promise<void> => {
    const text = batch.join('')
    batch = []
    if (text !== '' && !out.write(text)) await once(out, 'drain')
  }
  try {
    for await (const record of records) {
      batch.push(`${record.map(csvField).join(',')}\n`)
      count++
      if (batch.length >= 1000) {
        signal?.throwIfAborted()
        await flush()
      }
    }
    await flush()
  } finally {
    out.end()
    await once(out, 'close')
  }
  return count
}
