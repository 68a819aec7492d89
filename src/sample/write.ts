import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { ZipFile } from 'yazl'
import { csvField } from '../core/index.ts'
import type { Session } from '../engine/index.ts'
import { encodeGb18030 } from './gb18030.ts'

export type Format = 'csv' | 'csv-bom' | 'csv-gb18030' | 'tsv-utf16' | 'ndjson.gz' | 'json' | 'parquet' | 'zip'

/** A table being written row by row. */
export interface TableFile {
  /** Undefined when the row was taken at once; else wait before the next. */
  write(cells: readonly string[]): Promise<void> | undefined
  /** A line exactly as given: a record that is broken on purpose. */
  broken(line: string): void
  close(): Promise<void>
}

const synthetic = '合成数据 synthetic data, made by datong demo'
const fixedTime = new Date(Date.UTC(2026, 0, 1))

/** Opens a table in a format. Same rows, same bytes. Parquet goes through the engine's own loader, with text columns. */
export async function openTable(
  path: string,
  format: Format,
  columns: readonly string[],
  session: Session,
): Promise<TableFile> {
  if (format === 'parquet') return parquetFile(path, columns, session)
  if (format === 'zip') return zipFile(path, columns)
  const out = createWriteStream(path)
  if (format === 'ndjson.gz') return ndjson(out, columns)
  if (format === 'json') return json(out, columns)
  const encode = { csv: utf8, 'csv-bom': utf8, 'csv-gb18030': encodeGb18030, 'tsv-utf16': utf16 }[format]
  const separator = format === 'tsv-utf16' ? '\t' : ','
  if (format === 'csv-bom') out.write('\ufeff')
  if (format === 'tsv-utf16') out.write(Uint8Array.of(0xff, 0xfe))
  return lines(out, encode, columns, separator)
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le')

function lines(
  out: Writable,
  encode: (text: string) => Uint8Array,
  columns: readonly string[],
  separator: string,
): TableFile {
  const field = separator === ',' ? csvField : (value: string): string => value.replace(/[\t\n\r]/g, ' ')
  let batch: string[] = [`${columns.map(field).join(separator)}\r\n`]
  const flush = (): boolean => {
    const bytes = encode(batch.join(''))
    batch = []
    return bytes.length === 0 || out.write(bytes)
  }
  return {
    write(cells) {
      batch.push(`${cells.map(field).join(separator)}\r\n`)
      if (batch.length < 2000 || flush()) return undefined
      return once(out, 'drain').then(() => {})
    },
    broken: (line) => void batch.push(`${line}\r\n`),
    async close() {
      flush()
      out.end()
      await once(out, 'close')
    },
  }
}

async function parquetFile(path: string, columns: readonly string[], session: Session): Promise<TableFile> {
  const csv = `${path}.csv`
  const out = createWriteStream(csv)
  const inner = lines(out, utf8, columns, ',')
  return {
    write: inner.write,
    broken: () => {},
    async close() {
      await inner.close()
      await session.load(
        { format: 'csv', path: csv, encoding: 'utf-8', delimiter: ',', quote: '"', skip: 1, columns, about: synthetic },
        path,
      )
      await rm(csv)
    },
  }
}

async function zipFile(path: string, columns: readonly string[]): Promise<TableFile> {
  const csv = `${path}.csv`
  const inner = lines(createWriteStream(csv), utf8, columns, ',')
  return {
    ...inner,
    async close() {
      await inner.close()
      const zip = new ZipFile()
      zip.addFile(csv, '数据.csv', { mtime: fixedTime, mode: 0o100644, forceDosTimestamp: true })
      zip.end({ comment: 'synthetic data, made by datong demo', forceZip64Format: false })
      await pipeline(zip.outputStream, createWriteStream(path))
      await rm(csv)
    },
  }
}

function ndjson(out: Writable, columns: readonly string[]): TableFile {
  const gzip = createGzip({ level: 6 })
  const piped = pipeline(gzip, out)
  return {
    write(cells) {
      const filled = columns.map((c, i) => [c, cells[i]] as const).filter(([, v]) => v !== '')
      return gzip.write(`${JSON.stringify(Object.fromEntries(filled))}\n`)
        ? undefined
        : once(gzip, 'drain').then(() => {})
    },
    broken: (line) => void gzip.write(`${line}\n`),
    async close() {
      gzip.end()
      await piped
    },
  }
}

function json(out: Writable, columns: readonly string[]): TableFile {
  let first = true
  out.write(`{"说明":${JSON.stringify(synthetic)},"data":[`)
  return {
    write(cells) {
      const text = `${first ? '' : ','}\n${JSON.stringify(Object.fromEntries(columns.map((c, i) => [c, cells[i]])))}`
      first = false
      return out.write(text) ? undefined : once(out, 'drain').then(() => {})
    },
    broken: () => {},
    async close() {
      out.end('\n]}\n')
      await once(out, 'close')
    },
  }
}
