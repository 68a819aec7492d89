import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault, type Watch } from '../core/index.ts'
import { openEngine, type Session } from '../engine/index.ts'
import { Answers } from './answers.ts'
import { writeBooks } from './books.ts'
import { Chance } from './chance.ts'
import { type TableSpec, tables } from './departments.ts'
import type { MadeRecord } from './record.ts'
import type { TrueCity } from './truth.ts'
import { openTable } from './write.ts'

export interface CityRequest {
  readonly folder: string
  readonly people: number
  readonly enterprises: number
  readonly seed: number
  /** Where truth goes. Without it no truth is written anywhere. */
  readonly truth?: string
  /** `clean`: the same records before anything was bent, without copies and broken lines. Default `dirty`. */
  readonly views?: Views
  readonly watch?: Watch
}
export type Views = 'dirty' | 'clean'
export interface City {
  readonly departments: number
  readonly datasets: number
  readonly rows: number
  readonly bytes: number
}

const readmeName = '说明-README.txt'
const readme = `合成数据 · SYNTHETIC DATA

本目录由 datong demo 生成，全部人员、企业、地址、号码均为虚构，错误是有意加入的。
Everything in this folder was made by "datong demo". Nobody and nothing in it exists; its errors are there on purpose.
`

/** Writes the example city: one folder per department. The same request gives the same bytes. Throws `sample.*`. */
export async function writeCity(request: CityRequest): Promise<City> {
  const truth: TrueCity = { seed: request.seed, people: request.people, enterprises: request.enterprises }
  if (truth.people < 30 || truth.enterprises < 10) throw fault('sample.too-small')
  await freshFolder(request.folder)
  await using engine = await openEngine({ threads: 1, memory: '1GB', spill: request.folder })
  await using session = await engine.open()
  const answers = request.truth === undefined ? undefined : await Answers.open(request.truth, truth)
  const made = new CityWriter(truth, request, session, answers)
  const city = await made.write()
  await answers?.close()
  return city
}

async function freshFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const there = await readdir(folder)
  if (there.some((name) => name === readmeName) || there.length === 0) {
    for (const name of there) await rm(join(folder, name), { recursive: true, force: true })
    await writeFile(join(folder, readmeName), readme)
  } else throw fault('sample.folder-in-use', { path: folder })
}

/** A record as it goes to its file; undefined when clean views leave it out. */
export function written(record: MadeRecord, views: Views): readonly string[] | undefined {
  if (views === 'dirty') return record.cells.map((cell) => cell[0])
  return record.surplus === undefined ? record.cells.map((cell) => cell[2]) : undefined
}

class CityWriter {
  readonly #truth: TrueCity
  readonly #request: CityRequest
  readonly #session: Session
  readonly #answers: Answers | undefined
  readonly #views: Views
  #rows = 0
  constructor(truth: TrueCity, request: CityRequest, session: Session, answers: Answers | undefined) {
    this.#truth = truth
    this.#request = request
    this.#session = session
    this.#answers = answers
    this.#views = request.views ?? 'dirty'
  }

  async write(): Promise<City> {
    const { folder } = this.#request
    for (const department of new Set(tables.map((t) => t.department))) {
      await mkdir(join(folder, department), { recursive: true })
      await writeFile(join(folder, department, readmeName), readme)
    }
    for (const [i, spec] of tables.entries()) {
      this.#request.watch?.progress?.({
        stage: 'sample',
        item: `${spec.department}/${spec.file}`,
        done: i,
        total: tables.length + 1,
        rows: this.#rows,
      })
      await this.#table(spec, i)
    }
    this.#rows += await writeBooks(folder, this.#truth, this.#views, this.#answers)
    const departments = new Set(tables.map((t) => t.department))
    return { departments: departments.size, rows: this.#rows, ...(await filesBelow(folder, departments)) }
  }

  async #table(spec: TableSpec, number: number): Promise<void> {
    const path = join(this.#request.folder, spec.department, spec.file)
    const file = await openTable(path, spec.format, spec.columns, this.#session)
    const total = spec.of === 'person' ? this.#truth.people : this.#truth.enterprises
    const at = { department: spec.department, dataset: spec.file.replace(/\..*$/, ''), row: 0 }
    let serial = 0
    const next = (): number => ++serial
    let records = 0
    for (let i = 0; i < total; i++) {
      if (i % 5000 === 0) this.#request.watch?.signal?.throwIfAborted()
      const c = new Chance(this.#truth.seed, i, 100 + number)
      for (const record of spec.make(this.#truth, i, c, next)) {
        const cells = written(record, this.#views)
        if (cells === undefined) continue
        const wait = file.write(cells)
        if (wait) await wait
        records++
        at.row++
        this.#answers?.note(record, at, spec.columns)
        if (spec.brokenEvery === undefined || records % spec.brokenEvery !== 0 || this.#views === 'clean') continue
        const line = brokenLine(records, spec.brokenEvery, cells)
        file.broken(line)
        at.row++
        this.#answers?.broken(line, at)
      }
    }
    await file.close()
    this.#rows += records
  }
}

/** Too few fields, then too many, in turn. */
function brokenLine(records: number, every: number, cells: readonly string[]): string {
  return records % (2 * every) === 0
    ? `坏行,${records}`
    : `${cells.map((cell) => cell.replaceAll(',', '')).join(',')},多出,的`
}

async function filesBelow(
  folder: string,
  departments: ReadonlySet<string>,
): Promise<{ datasets: number; bytes: number }> {
  let [datasets, bytes] = [0, 0]
  for (const d of departments)
    for (const name of await readdir(join(folder, d))) {
      if (name === readmeName) continue
      datasets++
      bytes += (await stat(join(folder, d, name))).size
    }
  return { datasets, bytes }
}
