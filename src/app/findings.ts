import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { csvField, type Finding, type Language, safeCell } from '../core/index.ts'
import type { FailingRow } from '../quality/index.ts'
import { pathSegment } from '../source/index.ts'

/** Writes `findings/<department>/<dataset>.csv`: rule,row,column,value,reason; safe for spreadsheets, UTF-8 with byte order mark. */
export class FindingsFile {
  readonly #out: WriteStream
  readonly #language: Language
  private constructor(out: WriteStream, language: Language) {
    this.#out = out
    this.#language = language
  }

  static async create(folder: string, department: string, dataset: string, language: Language): Promise<FindingsFile> {
    const path = join(folder, 'findings', pathSegment(department))
    await mkdir(path, { recursive: true })
    const out = createWriteStream(join(path, `${pathSegment(dataset)}.csv`))
    await once(out, 'open')
    out.write('\ufeffrule,row,column,value,reason\n')
    return new FindingsFile(out, language)
  }

  async reading(findings: readonly Finding[]): Promise<void> {
    await this.#write(
      findings.map((f) => [
        f.code,
        String(f.place.row ?? f.place.line ?? ''),
        f.place.column ?? '',
        '',
        f.words[this.#language],
      ]),
    )
  }
  async failing(rows: readonly FailingRow[]): Promise<void> {
    await this.#write(rows.map((r) => [r.rule, String(r.row), r.column, r.value, r.reason[this.#language]]))
  }
  async close(): Promise<void> {
    this.#out.end()
    await once(this.#out, 'close')
  }

  async #write(lines: readonly (readonly string[])[]): Promise<void> {
    if (lines.length === 0) return
    const text = lines.map((cells) => `${cells.map((c) => csvField(safeCell(c))).join(',')}\n`).join('')
    if (!this.#out.write(text)) await once(this.#out, 'drain')
  }
}
