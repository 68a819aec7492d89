import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { csvField } from '../core/index.ts'
import { type Enterprise, enterprise } from './enterprises.ts'
import { householdSize, type Person, person } from './people.ts'
import { addressIn, type Place } from './places.ts'
import { entityName, type MadeRecord } from './record.ts'
import { thisYear, type TrueCity } from './truth.ts'

const readme = `合成数据的标准答案 · THE TRUTH BEHIND SYNTHETIC DATA

people.csv, enterprises.csv, households.csv   主体当前的真实取值 · entities as they are now
history.csv   取值的起止日期 · each value that changed, with the days it held (to is exclusive, blank: still)
records.csv   每条记录说的是谁 · whom each record speaks of; row counts as in the file: records of text files, rows of sheets
errors.csv    每个被改动的单元格及原因 · each cell that was bent, why, and its clean value; no column: the whole record

对账程序从不读取本目录。 No program that links or checks ever reads this folder.
`

/** The answers to the city's puzzles: a folder the matcher never reads. */
export class Answers {
  readonly #records: WriteStream
  readonly #errors: WriteStream
  private constructor(records: WriteStream, errors: WriteStream) {
    this.#records = records
    this.#errors = errors
  }

  static async open(folder: string, truth: TrueCity): Promise<Answers> {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, '说明-README.txt'), readme)
    await Promise.all([people(folder, truth), enterprises(folder, truth), households(folder, truth)])
    await history(folder, truth)
    const records = createWriteStream(join(folder, 'records.csv'))
    records.write('department,dataset,row,record_key,kind,role,entity\n')
    const errors = createWriteStream(join(folder, 'errors.csv'))
    errors.write('department,dataset,row,record_key,column,reason,clean_value,dirty_value\n')
    return new Answers(records, errors)
  }

  /** Whom the record of a row speaks of, and why which of its cells differ from the truth. */
  note(record: MadeRecord, at: { department: string; dataset: string; row: number }, columns: readonly string[]): void {
    const place = [at.department, at.dataset, String(at.row), record.cells[0]![0]]
    for (const m of record.mentions) this.#records.write(line([...place, m.kind, m.role, entityName(m)]))
    if (record.surplus !== undefined) this.#errors.write(line([...place, '', record.surplus, '', '']))
    for (const [i, [written, reason, good]] of record.cells.entries())
      if (reason !== undefined) this.#errors.write(line([...place, columns[i]!, reason, good, written]))
  }

  /** A line that cannot be read as a record. */
  broken(text: string, at: { department: string; dataset: string; row: number }): void {
    this.#errors.write(line([at.department, at.dataset, String(at.row), '', '', 'broken-line', '', text]))
  }

  async close(): Promise<void> {
    await Promise.all([this.#records, this.#errors].map(ended))
  }
}

const line = (cells: readonly string[]): string => `${cells.map(csvField).join(',')}\n`
const nowAt = (place: Place): string => addressIn(place, thisYear)

async function ended(out: WriteStream): Promise<void> {
  out.end()
  await once(out, 'close')
}

async function table(path: string, header: string, rows: Iterable<readonly string[]>): Promise<void> {
  const out = createWriteStream(path)
  out.write(`${header}\n`)
  for (const row of rows) if (!out.write(line(row))) await once(out, 'drain')
  await ended(out)
}

function* mapped<T>(count: number, make: (index: number) => T): Iterable<T> {
  for (let i = 0; i < count; i++) yield make(i)
}

const people = (folder: string, truth: TrueCity): Promise<void> =>
  table(
    join(folder, 'people.csv'),
    'entity,household,name,id,sex,birth,ethnic,phone,address',
    mapped(truth.people, (i) => {
      const p = person(truth, i)
      return [
        `person-${p.index}`,
        `household-${p.household}`,
        p.name,
        p.id,
        p.sex,
        p.birth,
        p.ethnic[0],
        p.phone,
        nowAt(p.home),
      ]
    }),
  )

const enterprises = (folder: string, truth: TrueCity): Promise<void> =>
  table(
    join(folder, 'enterprises.csv'),
    'entity,name,uscc,registration,legal,capital,founded,cancelled,status,industry,address,resembles,how',
    mapped(truth.enterprises, (i) => {
      const e = enterprise(truth, i)
      return [
        `enterprise-${e.index}`,
        e.name,
        e.uscc,
        e.registration,
        e.legal,
        String(e.capital),
        e.founded,
        e.cancelled ?? '',
        e.cancelled ? '注销' : '存续',
        e.trade[1],
        nowAt(e.office),
        e.like === undefined ? '' : `enterprise-${e.like}`,
        e.lookalike ?? '',
      ]
    }),
  )

const households = (folder: string, truth: TrueCity): Promise<void> =>
  table(
    join(folder, 'households.csv'),
    'household,members,address',
    mapped(Math.ceil(truth.people / householdSize), (h) => [
      `household-${h}`,
      String(Math.min(householdSize, truth.people - h * householdSize)),
      nowAt(person(truth, h * householdSize).home),
    ]),
  )

const history = (folder: string, truth: TrueCity): Promise<void> =>
  table(join(folder, 'history.csv'), 'entity,field,from,to,value', changes(truth))

function* changes(truth: TrueCity): Iterable<readonly string[]> {
  for (let i = 0; i < truth.people; i++) yield* changesOfPerson(person(truth, i))
  for (let i = 0; i < truth.enterprises; i++) yield* changesOfFirm(enterprise(truth, i))
}

function* changesOfPerson(p: Person): Iterable<readonly string[]> {
  const entity = `person-${p.index}`
  yield* turned(entity, 'name', p.birth, p.renamed, p.formerName, p.name)
  yield* turned(entity, 'phone', '', p.phoneChanged, p.formerPhone, p.phone)
  yield* turned(entity, 'address', '', p.moved, nowAt(p.formerHome), nowAt(p.home))
}

function* changesOfFirm(e: Enterprise): Iterable<readonly string[]> {
  const entity = `enterprise-${e.index}`
  yield* turned(entity, 'name', e.founded, e.renamed, e.formerName, e.name)
  yield* turned(entity, 'legal', e.founded, e.legalChanged, e.formerLegal, e.legal)
  yield* turned(entity, 'address', e.founded, e.moved, nowAt(e.formerOffice), nowAt(e.office))
  yield* turned(entity, 'status', e.founded, e.cancelled, '存续', '注销')
}

/** A value that changed on a day; nothing where it never did. */
function* turned(
  entity: string,
  field: string,
  since: string,
  on: string | undefined,
  before: string,
  after: string,
): Iterable<readonly string[]> {
  if (on === undefined) return
  yield [entity, field, since, on, before]
  yield [entity, field, on, '', after]
}
