import { join } from 'node:path'
import type { Answers } from './answers.ts'
import { Chance } from './chance.ts'
import type { Views } from './city.ts'
import { asOf, type Cell as Made, clean, dirtyId, dirtyName, looseName, outdated } from './dirt.ts'
import { enterprise, firmNameOn, legalOn } from './enterprises.ts'
import { day, householdSize, person } from './people.ts'
import { areas, codeIn } from './places.ts'
import { aFirm, aPerson, type MadeRecord } from './record.ts'
import { thisYear, type TrueCity } from './truth.ts'
import { type Cell, writeXlsx } from './xlsx.ts'

/** A workbook is an office's own list: never more than this many rows. */
const mostRows = 20_000

/** One sheet being filled: header rows, then records whose cells are shown as the office keeps them. */
class Page {
  readonly rows: Cell[][]
  readonly #at: { department: string; dataset: string }
  readonly #columns: readonly string[]
  readonly #views: Views
  readonly #answers: Answers | undefined
  count = 0
  constructor(
    header: readonly (readonly string[])[],
    columns: readonly string[],
    at: { department: string; dataset: string },
    views: Views,
    answers: Answers | undefined,
  ) {
    this.rows = header.map((row) => [...row])
    this.#columns = columns
    this.#at = at
    this.#views = views
    this.#answers = answers
  }
  /** `as` says how a cell's text is kept where it is no text: a number, a day, an error of a formula. */
  add(record: MadeRecord, as: Readonly<Record<number, (text: string) => Cell>>): void {
    const dirtyViews = this.#views === 'dirty'
    this.rows.push(record.cells.map((cell, i) => (as[i] ?? ((text: string) => text))(dirtyViews ? cell[0] : cell[2])))
    this.count++
    this.#answers?.note(record, { ...this.#at, row: this.rows.length }, this.#columns)
  }
}

const number = (text: string): Cell => ({ number: Number(text) })
const date = (text: string): Cell => ({ date: text })

/** The departments' workbooks: title rows, merged headers, several sheets, dates as serial numbers, digits eaten by numbers. */
export async function writeBooks(
  folder: string,
  truth: TrueCity,
  views: Views,
  answers: Answers | undefined,
): Promise<number> {
  return (
    (await yearlyReports(folder, truth, views, answers)) +
    (await allowances(folder, truth, views, answers)) +
    (await insuredFirms(folder, truth, views, answers))
  )
}

async function yearlyReports(folder: string, truth: TrueCity, views: Views, answers?: Answers): Promise<number> {
  const at = { department: '市场监督管理局', dataset: '企业年报' }
  const page = new Page(
    [
      ['云岭市企业年报汇总（合成数据）'],
      ['年报编号', '企业名称', '统一社会信用代码', '联系方式', '', '报送日期', '从业人数'],
      ['', '', '', '联系电话', '电子邮箱', '', ''],
    ],
    ['年报编号', '企业名称', '统一社会信用代码', '联系方式/联系电话', '联系方式/电子邮箱', '报送日期', '从业人数'],
    at,
    views,
    answers,
  )
  for (let i = 0; i < Math.min(truth.enterprises, mostRows); i++) {
    const c = new Chance(truth.seed, i, 201)
    const e = enterprise(truth, i)
    const staff = String(c.int(1, 900))
    page.add(
      {
        mentions: [aFirm(i)],
        cells: [
          clean(`NB${String(i + 1).padStart(7, '0')}`),
          looseName(c, e, 0.2),
          dirtyId(c, e.uscc, 0.01),
          clean(e.phone),
          clean(`info${i}@example.cn`),
          clean(`2025-0${c.int(1, 6)}-${c.int(10, 28)}`),
          c.is(0.003) ? ['#N/A', 'formula-error', staff] : clean(staff),
        ],
      },
      { 5: date, 6: (text) => (text === '#N/A' ? { formulaError: text } : number(text)) },
    )
  }
  await writeXlsx(join(folder, at.department, '企业年报.xlsx'), [
    { name: '年报', rows: page.rows, merges: ['A1:G1', 'D2:E2'] },
  ])
  return page.count
}

async function allowances(folder: string, truth: TrueCity, views: Views, answers?: Answers): Promise<number> {
  const columns = ['低保证号', '户主姓名', '户主身份证号', '家庭人口', '月保障金额', '批准日期']
  const pages = areas.slice(0, 3).map((area, s) => {
    const [code, name] = codeIn(area, thisYear)
    const page = new Page([columns], columns, { department: '民政局', dataset: `最低生活保障#${name}` }, views, answers)
    for (let i = s * householdSize; i < truth.people && page.count < mostRows; i += 96) {
      const c = new Chance(truth.seed, i, 202)
      const p = person(truth, i)
      // a number has room for 15 digits: a spreadsheet rounds the rest away
      const eaten = c.is(0.05) ? String(Number(p.id.replace('X', '0'))) : undefined
      const id: Made = eaten === undefined ? dirtyId(c, p.id, 0.02) : [eaten, 'digits-eaten', p.id]
      page.add(
        {
          mentions: [aPerson(i, '户主')],
          cells: [
            clean(`DB${code}${String(page.count + 1).padStart(5, '0')}`),
            dirtyName(c, p.name, 0.02),
            id,
            clean(String(c.int(1, 5))),
            clean(String(c.int(300, 1200))),
            clean(`202${c.int(0, 5)}-0${c.int(1, 9)}-1${c.int(0, 9)}`),
          ],
        },
        { 2: (text) => (text === eaten ? number(text) : text), 3: number, 4: number, 5: date },
      )
    }
    return { name, page }
  })
  await writeXlsx(
    join(folder, '民政局', '最低生活保障.xlsx'),
    pages.map(({ name, page }) => ({ name, rows: page.rows })),
  )
  return pages.reduce((n, { page }) => n + page.count, 0)
}

async function insuredFirms(folder: string, truth: TrueCity, views: Views, answers?: Answers): Promise<number> {
  const columns = ['单位编号', '用人单位名称', '统一社会信用代码', '法人代表', '参保人数', '参保日期']
  const at = { department: '人力资源和社会保障局', dataset: '参保单位' }
  const page = new Page([columns], columns, at, views, answers)
  for (let i = 0; i < Math.min(truth.enterprises, mostRows); i++) {
    const c = new Chance(truth.seed, i, 203)
    const e = enterprise(truth, i)
    const since = day(c, 2010, 2025)
    page.add(
      {
        mentions: [aFirm(i)],
        cells: [
          clean(`DW${String(i + 1).padStart(6, '0')}`),
          // a firm that every department knows by another name
          asOf(looseName(c, { ...e, name: firmNameOn(e, since) }, i % 400 === 40 ? 1 : 0.25), e.name),
          dirtyId(c, e.uscc, 0.015),
          outdated(legalOn(e, since), e.legal),
          clean(String(c.int(1, 500))),
          clean(since),
        ],
      },
      { 4: number, 5: date },
    )
  }
  await writeXlsx(join(folder, at.department, '参保单位.xlsx'), [{ name: '参保单位', rows: page.rows }])
  return page.count
}
