import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { csvField, type Finding, type Language, safeCell } from '../core/index.ts'
import type { FailingRow } from '../quality/index.ts'
import { pathSegment } from '../source/index.ts'

/** Writes `findings/<department>/<dataset>.csv`: rule,row,column,value,reason; safe for spreadsheets, UTF-8 with byte order mark. */
export class FindingsFile {
  readonly #file: FileHandle
  readonly #language: Language
  private constructor(file: FileHandle, language: Language) {
    this.#file = file
    this.#language = language
  }

  static async create(folder: string, department: string, dataset: string, language: Language): Promise<FindingsFile> {
    const path = join(folder, 'findings', pathSegment(department))
    await mkdir(path, { recursive: true })
    const file = await open(join(path, `${pathSegment(dataset)}.csv`), 'w')
    const made = new FindingsFile(file, language)
    await file.writeFile('\ufeffrule,row,column,value,reason\n')
    return made
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
    await this.#file.close()
  }

  async #write(lines: readonly (readonly string[])[]): Promise<void> {
    if (lines.length === 0) return
    const text = lines.map((cells) => `${cells.map((c) => csvField(safeCell(c))).join(',')}\n`).join('')
    await this.#file.writeFile(text)
  }
}
