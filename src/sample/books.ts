import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Chance } from './chance.ts'
import type { MadeRecord } from './departments.ts'
import { dirtyId, dirtyName, looseName } from './dirt.ts'
import { enterprise, person, type TrueCity } from './truth.ts'
import { type Cell, writeXlsx } from './xlsx.ts'
import { districts } from './words.ts'

type Note = (record: MadeRecord, department: string, dataset: string) => void

/** A workbook is an office's own list: never more than this many rows. */
const mostRows = 20_000

/** The departments' workbooks: title rows, merged headers, several sheets, dates as serial numbers, digits eaten by numbers. */
export async function writeBooks(folder: string, truth: TrueCity, note: Note): Promise<number> {
  return (
    (await yearlyReports(folder, truth, note)) +
    (await allowances(folder, truth, note)) +
    (await insuredFirms(folder, truth, note))
  )
}

async function yearlyReports(folder: string, truth: TrueCity, note: Note): Promise<number> {
  const rows: Cell[][] = [
    ['云岭市企业年报汇总（合成数据）'],
    ['年报编号', '企业名称', '统一社会信用代码', '联系方式', '', '报送日期', '从业人数'],
    ['', '', '', '联系电话', '电子邮箱', '', ''],
  ]
  const count = Math.min(truth.enterprises, mostRows)
  for (let i = 0; i < count; i++) {
    const c = new Chance(truth.seed, i, 201)
    const e = enterprise(truth, i)
    const id = `NB${String(i + 1).padStart(7, '0')}`
    const name = looseName(c, e.name, e.formerName, 0.2)
    const uscc = dirtyId(c, e.uscc, 0.01)
    note({ entity: `enterprise-${i}`, cells: [[id, undefined], name, uscc] }, '市场监督管理局', '企业年报')
    rows.push([
      id,
      name[0],
      uscc[0],
      e.phone,
      `info${i}@example.cn`,
      { date: `2025-0${c.int(1, 6)}-${c.int(10, 28)}` },
      c.is(0.003) ? { formulaError: '#N/A' } : { number: c.int(1, 900) },
    ])
  }
  await mkdir(join(folder, '市场监督管理局'), { recursive: true })
  await writeXlsx(join(folder, '市场监督管理局', '企业年报.xlsx'), [{ name: '年报', rows, merges: ['A1:G1', 'D2:E2'] }])
  return count
}

async function allowances(folder: string, truth: TrueCity, note: Note): Promise<number> {
  let count = 0
  const sheets = districts.slice(0, 3).map(([code, name], s) => {
    const rows: Cell[][] = [['低保证号', '户主姓名', '户主身份证号', '家庭人口', '月保障金额', '批准日期']]
    for (let i = s; i < truth.people && rows.length <= mostRows; i += 97) {
      const c = new Chance(truth.seed, i, 202)
      const p = person(truth, i)
      const id = `DB${code}${String(rows.length).padStart(5, '0')}`
      const number = c.is(0.05)
        ? ({ number: Number(p.id.replace('X', '0')) } satisfies Cell)
        : dirtyId(c, p.id, 0.02)[0]
      const who = dirtyName(c, p.name, 0.02)
      note(
        {
          entity: `person-${i}`,
          cells: [[id, undefined], who, [p.id, typeof number === 'string' ? undefined : 'digits-lost']],
        },
        '民政局',
        `最低生活保障#${name}`,
      )
      rows.push([
        id,
        who[0],
        number,
        { number: c.int(1, 5) },
        { number: c.int(300, 1200) },
        { date: `202${c.int(0, 5)}-0${c.int(1, 9)}-1${c.int(0, 9)}` },
      ])
      count++
    }
    return { name, rows }
  })
  await mkdir(join(folder, '民政局'), { recursive: true })
  await writeXlsx(join(folder, '民政局', '最低生活保障.xlsx'), sheets)
  return count
}

async function insuredFirms(folder: string, truth: TrueCity, note: Note): Promise<number> {
  const rows: Cell[][] = [['单位编号', '用人单位名称', '统一社会信用代码', '法人代表', '参保人数', '参保日期']]
  const count = Math.min(truth.enterprises, mostRows)
  for (let i = 0; i < count; i++) {
    const c = new Chance(truth.seed, i, 203)
    const e = enterprise(truth, i)
    const id = `DW${String(i + 1).padStart(6, '0')}`
    // a firm that every department knows by another name
    const name = looseName(c, e.name, e.formerName, i % 400 === 40 ? 1 : 0.25)
    const uscc = dirtyId(c, e.uscc, 0.015)
    note({ entity: `enterprise-${i}`, cells: [[id, undefined], name, uscc] }, '人力资源和社会保障局', '参保单位')
    rows.push([
      id,
      name[0],
      uscc[0],
      c.is(0.7) ? e.legal : e.formerLegal,
      { number: c.int(1, 500) },
      { date: `20${c.int(10, 25)}-0${c.int(1, 9)}-1${c.int(0, 9)}` },
    ])
  }
  await writeXlsx(join(folder, '人力资源和社会保障局', '参保单位.xlsx'), [{ name: '参保单位', rows }])
  return count
}
