import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { csvField, fault, type Watch } from '../core/index.ts'
import { openEngine, type Session } from '../engine/index.ts'
import { Chance } from './chance.ts'
import { type MadeRecord, type TableSpec, tables } from './departments.ts'
import { enterprise, person, type TrueCity } from './truth.ts'
import { openTable } from './write.ts'
import { writeBooks } from './books.ts'

export interface CityRequest {
  readonly folder: string
  readonly people: number
  readonly enterprises: number
  readonly seed: number
  /** Where truth goes. Without it no truth is written anywhere. */
  readonly truth?: string
  readonly watch?: Watch
}
export interface City {
  readonly departments: number
  readonly datasets: number
  readonly rows: number
  readonly bytes: number
}

const readme = `合成数据 · SYNTHETIC DATA

本目录由 datong demo 生成，全部人员、企业、地址、号码均为虚构，错误是有意加入的。
Everything in this folder was made by "datong demo". Nobody and nothing in it exists; its errors are there on purpose.
`

/** Writes the example city: one folder per department. The same request gives the same bytes. Throws `sample.*`. */
export async function writeCity(request: CityRequest): Promise<City> {
  const truth: TrueCity = { seed: request.seed, people: request.people, enterprises: request.enterprises }
  if (truth.people < 30 || truth.enterprises < 10) throw fault('sample.too-small')
  await freshFolder(request.folder)
  if (request.truth !== undefined) await mkdir(request.truth, { recursive: true })
  await using engine = await openEngine({ threads: 1, memory: '1GB', spill: request.folder })
  await using session = await engine.open()
  const made = new CityWriter(truth, request, session)
  return await made.write()
}

async function freshFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const there = await readdir(folder)
  if (there.some((name) => name === '说明-README.txt') || there.length === 0) {
    for (const name of there) await rm(join(folder, name), { recursive: true, force: true })
    await writeFile(join(folder, '说明-README.txt'), readme)
  } else throw fault('sample.folder-in-use', { path: folder })
}

class CityWriter {
  readonly #truth: TrueCity
  readonly #request: CityRequest
  readonly #session: Session
  #rows = 0
  #records: WriteStream | undefined
  #errors: WriteStream | undefined
  constructor(truth: TrueCity, request: CityRequest, session: Session) {
    this.#truth = truth
    this.#request = request
    this.#session = session
  }

  async write(): Promise<City> {
    const { folder, truth } = this.#request
    if (truth !== undefined) await this.#openTruth(truth)
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
    this.#rows += await writeBooks(folder, this.#truth, (record, department, dataset) =>
      this.#note(record, department, dataset),
    )
    await this.#closeTruth()
    const departments = new Set(tables.map((t) => t.department))
    return {
      departments: departments.size,
      datasets: await fileCount(folder, departments),
      rows: this.#rows,
      bytes: await bytesBelow(folder, departments),
    }
  }

  async #table(spec: TableSpec, number: number): Promise<void> {
    const folder = join(this.#request.folder, spec.department)
    await mkdir(folder, { recursive: true })
    const file = await openTable(join(folder, spec.file), spec.format, spec.columns, this.#session)
    const total = spec.of === 'person' ? this.#truth.people : this.#truth.enterprises
    const dataset = spec.file.replace(/\..*$/, '')
    let serial = 0
    let written = 0
    for (let i = 0; i < total; i++) {
      if (i % 5000 === 0) this.#request.watch?.signal?.throwIfAborted()
      const c = new Chance(this.#truth.seed, i, 100 + number)
      for (const record of spec.make(this.#truth, i, c, () => ++serial)) {
        const wait = file.write(record.cells.map((cell) => cell[0]))
        if (wait) await wait
        written++
        this.#note(record, spec.department, dataset, spec.columns)
        if (spec.brokenEvery !== undefined && written % spec.brokenEvery === 0)
          file.broken(
            written % (2 * spec.brokenEvery) === 0
              ? `坏行,${written}`
              : `${record.cells.map((cell) => cell[0].replaceAll(',', '')).join(',')},多出,的`,
          )
      }
    }
    await file.close()
    this.#rows += written
  }

  /** Which entity a record speaks of, and each cell that was made dirty with its clean value's kind of error. */
  #note(record: MadeRecord, department: string, dataset: string, columns: readonly string[] = []): void {
    if (this.#records === undefined) return
    const id = record.cells[0]![0]
    this.#records.write(`${[department, dataset, id, record.entity].map(csvField).join(',')}\n`)
    record.cells.forEach(([value, kind], i) => {
      if (kind !== undefined)
        this.#errors!.write(
          `${[department, dataset, id, columns[i] ?? String(i + 1), kind, value].map(csvField).join(',')}\n`,
        )
    })
  }

  async #openTruth(folder: string): Promise<void> {
    this.#records = createWriteStream(join(folder, 'records.csv'))
    this.#errors = createWriteStream(join(folder, 'errors.csv'))
    this.#records.write('department,dataset,record_key,entity\n')
    this.#errors.write('department,dataset,record_key,column,error,dirty_value\n')
    const people = createWriteStream(join(folder, 'people.csv'))
    people.write('entity,name,id,sex,birth,ethnic,phone,district,address\n')
    for (let i = 0; i < this.#truth.people; i++) {
      const p = person(this.#truth, i)
      people.write(
        `${[`person-${i}`, p.name, p.id, p.sex, p.birth, p.ethnic[0], p.phone, p.district, p.address].map(csvField).join(',')}\n`,
      )
    }
    people.end()
    const firms = createWriteStream(join(folder, 'enterprises.csv'))
    firms.write(
      'entity,name,former_name,uscc,registration,legal,former_legal,capital,founded,changed,cancelled,trade,district,address\n',
    )
    for (let i = 0; i < this.#truth.enterprises; i++) {
      const e = enterprise(this.#truth, i)
      firms.write(
        `${[`enterprise-${i}`, e.name, e.formerName, e.uscc, e.registration, e.legal, e.formerLegal, String(e.capital), e.founded, e.changed, e.cancelled ?? '', e.trade[1], e.district, e.address].map(csvField).join(',')}\n`,
      )
    }
    firms.end()
    await Promise.all([once(people, 'close'), once(firms, 'close')])
  }

  async #closeTruth(): Promise<void> {
    for (const out of [this.#records, this.#errors]) {
      if (out === undefined) continue
      out.end()
      await once(out, 'close')
    }
  }
}

async function fileCount(folder: string, departments: ReadonlySet<string>): Promise<number> {
  let count = 0
  for (const d of departments) count += (await readdir(join(folder, d))).length
  return count
}
async function bytesBelow(folder: string, departments: ReadonlySet<string>): Promise<number> {
  let bytes = 0
  for (const d of departments)
    for (const name of await readdir(join(folder, d))) bytes += (await stat(join(folder, d, name))).size
  return bytes
}
