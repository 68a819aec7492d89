import type { Chance } from './chance.ts'
import {
  asOf,
  type Cell,
  clean,
  contradicting,
  dirtyAddress,
  dirtyDate,
  dirtyId,
  dirtyName,
  dirtyPhone,
  looseName,
  missing,
  outdated,
} from './dirt.ts'
import { enterprise, firmNameOn, legalOn, officeOn } from './enterprises.ts'
import { day, homeOn, householdSize, nameOn, type Person, person, phoneOn } from './people.ts'
import { addressIn, type Area, city, codeIn, type Place } from './places.ts'
import { aFirm, aPerson, type MadeRecord } from './record.ts'
import { thisYear, type TrueCity } from './truth.ts'
import type { Format } from './write.ts'

/** A department's table. `make` gives the records of one entity: none, one, or several. */
export interface TableSpec {
  readonly department: string
  readonly file: string
  readonly format: Format
  readonly columns: readonly string[]
  readonly of: 'person' | 'enterprise'
  make(truth: TrueCity, index: number, c: Chance, serial: () => number): MadeRecord[]
  /** One record in so many is broken on purpose: too few or too many fields. */
  readonly brokenEvery?: number
}

const sexWord = (p: Person): string => (p.sex === '1' ? '男' : '女')
const key = (prefix: string, n: number): Cell => clean(`${prefix}${String(n).padStart(9, '0')}`)
const yearOf = (date: string): number => Number(date.slice(0, 4))

const nowAt = (place: Place): string => addressIn(place, thisYear)

/** The code of today; a few registers kept that of before 2021, and a few never had a real one. */
function district(c: Chance, area: Area, stale: number): Cell {
  const now = codeIn(area, thisYear)[0]
  if (c.is(0.002)) return ['330199', 'never-existed', now]
  const before = codeIn(area, 2020)[0]
  return c.is(stale) && before !== now ? [before, 'stale-region', now] : clean(now)
}

/** Another's number, where a form asks for a number and somebody has none at hand. */
const anothers = (truth: TrueCity, p: Person): Cell => [
  person(truth, (p.index * 31 + 7) % truth.people).id,
  'stolen-number',
  p.id,
]

/** A few firms that every department knows, each by another name. */
const famous = (i: number): boolean => i % 400 === 40

const copied = (record: MadeRecord, cells: readonly Cell[] = record.cells): MadeRecord => ({
  ...record,
  cells,
  surplus: 'copied-record',
})

export const tables: readonly TableSpec[] = [
  {
    department: '公安局',
    file: '人口信息.csv',
    format: 'csv',
    of: 'person',
    brokenEvery: 4000,
    columns: [
      '人员编号',
      '姓名',
      '公民身份号码',
      '性别',
      '民族',
      '出生日期',
      '户籍区划',
      '住址',
      '手机号码',
      '登记日期',
    ],
    make: (truth, i, c, serial) => {
      const p = person(truth, i)
      const date = day(c, Math.max(2023, yearOf(p.birth) + 1), 2025)
      const record: MadeRecord = {
        mentions: [aPerson(i)],
        cells: [
          key('R', serial()),
          dirtyName(c, p.name, 0.01),
          dirtyId(c, p.id, 0.008),
          contradicting(c, p.sex, p.sex === '1' ? '2' : '1', 0.002),
          clean(p.ethnic[0]),
          dirtyDate(c, p.birth, 'iso', 0.004),
          district(c, p.home.area, 0.02),
          dirtyAddress(c, nowAt(p.home), 0.01, 64),
          dirtyPhone(c, p.phone, 0.03),
          dirtyDate(c, date, 'iso', 0.003),
        ],
      }
      return c.is(0.004) ? [record, copied(record, [key('R', serial()), ...record.cells.slice(1)])] : [record]
    },
  },
  {
    department: '公安局',
    file: '机动车登记.tsv',
    format: 'tsv-utf16',
    of: 'person',
    columns: ['号牌号码', '车辆类型', '机动车所有人姓名', '证件号码', '初次登记日期'],
    make: (truth, i, c) => {
      if (!c.is(0.35) || i % householdSize === 2) return []
      const p = person(truth, i)
      const date = day(c, 2008, 2025)
      const plate = plateOf(c, i)
      const record: MadeRecord = {
        mentions: [aPerson(i)],
        cells: [
          c.is(0.006) ? [plate.replace(/[A-Z]\d/, 'I0').toLowerCase(), 'bad-plate', plate] : clean(plate),
          clean(c.pick(['K33', 'K31', 'H31'])),
          asOf(dirtyName(c, nameOn(p, date), 0.012), p.name),
          dirtyId(c, p.id, 0.012),
          dirtyDate(c, date, 'compact', 0.005),
        ],
      }
      return c.is(0.003) ? [record, copied(record)] : [record]
    },
  },
  {
    department: '市场监督管理局',
    file: '企业登记.csv',
    format: 'csv-gb18030',
    of: 'enterprise',
    columns: [
      '统一社会信用代码',
      '注册号',
      '企业名称',
      '法定 代表人',
      '注册资本(万元)',
      '成立日期',
      '核准日期',
      '注销日期',
      '登记状态',
      '行业代码',
      '行政区划代码',
      '住所',
    ],
    make: (truth, i, c) => {
      const e = enterprise(truth, i)
      const backwards = e.cancelled !== undefined && c.is(0.03)
      const record: MadeRecord = {
        mentions: [aFirm(i)],
        cells: [
          dirtyId(c, e.uscc, 0.004),
          clean(e.registration),
          clean(e.name),
          clean(e.legal),
          clean(String(e.capital)),
          dirtyDate(c, e.founded, 'iso', 0.002),
          clean(e.changed),
          backwards ? ['1997-01-01', 'before-founding', e.cancelled] : clean(e.cancelled ?? ''),
          clean(e.cancelled ? '注销' : '存续'),
          clean(e.trade[1]),
          district(c, e.office.area, 0.03),
          dirtyAddress(c, nowAt(e.office), 0.004, 64),
        ],
      }
      return c.is(0.002) ? [record, copied(record)] : [record]
    },
  },
  {
    department: '税务局',
    file: '纳税人.csv',
    format: 'csv',
    of: 'enterprise',
    columns: ['NSRSBH', '纳税人名称', 'FDDBR', '税务登记日期', '状态', '联系电话', '经营地址'],
    make: (truth, i, c) => {
      if (!c.is(famous(i) ? 1 : 0.94)) return []
      const e = enterprise(truth, i)
      const seen = day(c, yearOf(e.founded), 2025)
      return [
        {
          mentions: [aFirm(i)],
          cells: [
            c.is(0.03)
              ? [e.uscc.slice(2, 17), 'old-tax-number', e.uscc]
              : (branchNumber(truth, i, c) ?? dirtyId(c, e.uscc, 0.01)),
            asOf(looseName(c, { ...e, name: firmNameOn(e, seen) }, famous(i) ? 1 : 0.15), e.name),
            asOf(dirtyName(c, legalOn(e, seen), 0.004), e.legal),
            dirtyDate(c, e.founded, 'compact', 0.01),
            e.cancelled && c.is(0.3) ? ['正常', 'outdated', '注销'] : clean(e.cancelled ? '注销' : '正常'),
            dirtyPhone(c, e.phone, 0.05),
            asOf(dirtyAddress(c, addressIn(officeOn(e, seen), yearOf(seen)), 0.02, 20), nowAt(e.office)),
          ],
        },
      ]
    },
  },
  {
    department: '税务局',
    file: '纳税申报.parquet',
    format: 'parquet',
    of: 'enterprise',
    columns: ['申报编号', 'tax_no', '所属期', '税额', '申报日期'],
    make: (truth, i, c, serial) => {
      const e = enterprise(truth, i)
      return Array.from({ length: 4 }, (_, q): MadeRecord => {
        const tax = (c.int(0, 10_000_000) / 100).toFixed(2)
        return {
          mentions: [aFirm(i)],
          cells: [
            key('SB', serial()),
            clean(e.uscc),
            clean(`2025Q${q + 1}`),
            c.is(0.01) ? ['-', 'placeholder', tax] : clean(tax),
            dirtyDate(c, `2025-${['04', '07', '10', '12'][q]}-${String(c.int(10, 28))}`, 'iso', 0.004),
          ],
        }
      })
    },
  },
  {
    department: '人力资源和社会保障局',
    file: '参保登记.csv',
    format: 'csv-gb18030',
    of: 'person',
    brokenEvery: 6000,
    columns: ['个人账户号', '身份证号', '姓名', '参保单位', '单位信用代码', '参保日期', '缴费基数', '人员状态'],
    make: (truth, i, c, serial) => {
      const p = person(truth, i)
      // one number owns 23 accounts; one in 1,500 owns a few
      const accounts = i === 22 ? 23 : c.is(1 / 1500) ? c.int(3, 7) : c.is(0.88) ? 1 : 0
      const employer = (i * 7919) % truth.enterprises
      const firm = enterprise(truth, employer)
      return Array.from({ length: accounts }, (_, n): MadeRecord => {
        const date = day(c, 2005, 2025)
        return {
          mentions: [aPerson(i), aFirm(employer, '参保单位')],
          ...(n > 0 ? { surplus: 'surplus-account' } : {}),
          cells: [
            key('ZH', serial()),
            accounts > 1 ? clean(p.id) : c.is(0.001) ? anothers(truth, p) : dirtyId(c, p.id, 0.015),
            accounts > 7 && n > 0 && c.is(0.5)
              ? ['测试', 'test-value', p.name]
              : asOf(dirtyName(c, nameOn(p, date), 0.02), p.name),
            asOf(looseName(c, { ...firm, name: firmNameOn(firm, date) }, 0.1), firm.name),
            dirtyId(c, firm.uscc, 0.02),
            dirtyDate(c, date, 'chinese', 0.006),
            clean(String(c.int(40, 250) * 100)),
            clean(c.pick(['参保', '停保', '退休'])),
          ],
        }
      })
    },
  },
  {
    department: '人力资源和社会保障局',
    file: '社保缴费.parquet',
    format: 'parquet',
    of: 'person',
    columns: ['缴费流水号', '证件号码', '费款所属期', '缴费金额', '缴费日期'],
    make: (truth, i, c, serial) => {
      if (!c.is(0.45)) return []
      const p = person(truth, i)
      return Array.from({ length: 4 }, (_, q) => ({
        mentions: [aPerson(i)],
        cells: [
          key('JF', serial()),
          dirtyId(c, p.id, 0.002),
          clean(`20250${q + 1}`),
          clean(String(c.int(300, 3000))),
          clean(`2025-0${q + 1}-${c.int(10, 28)}`),
        ],
      }))
    },
  },
  {
    department: '民政局',
    file: '婚姻登记.csv',
    format: 'csv-bom',
    of: 'person',
    columns: ['登记号', '男方姓名', '男方身份证号', '女方姓名', '女方身份证号', '结婚登记日期', '登记机关区划'],
    make: (truth, i, c, serial) => {
      if (i % householdSize !== 0 || i + 1 >= truth.people || !c.is(0.7)) return []
      const [a, b] = [person(truth, i), person(truth, i + 1)]
      const first = Math.max(yearOf(a.birth), yearOf(b.birth)) + 20
      const date = day(c, first, Math.min(2025, first + 15))
      return [
        {
          mentions: [aPerson(i, '男方'), aPerson(i + 1, '女方')],
          cells: [
            key('J', serial()),
            asOf(dirtyName(c, nameOn(a, date), 0.01), a.name),
            dirtyId(c, a.id, 0.01),
            asOf(dirtyName(c, nameOn(b, date), 0.01), b.name),
            dirtyId(c, b.id, 0.01),
            dirtyDate(c, date, 'slash', 0.008),
            district(c, a.home.area, 0.1),
          ],
        },
      ]
    },
  },
  {
    department: '卫生健康委员会',
    file: '居民健康档案.ndjson.gz',
    format: 'ndjson.gz',
    of: 'person',
    brokenEvery: 5000,
    columns: ['档案号', 'name', 'id_card', 'sex', 'nation', 'birth_date', 'mobile', 'address'],
    make: (truth, i, c, serial) => {
      if (!c.is(0.85)) return []
      const p = person(truth, i)
      const opened = day(c, Math.max(2016, yearOf(p.birth) + 1), 2025)
      const address = (place: Place, year: number): string => addressIn(place, year).replace(city, '')
      return [
        {
          mentions: [aPerson(i)],
          cells: [
            key('D', serial()),
            asOf(dirtyName(c, nameOn(p, opened), 0.025), p.name),
            familyNumber(truth, p, c) ?? dirtyId(c, p.id, 0.02),
            contradicting(c, sexWord(p), p.sex === '1' ? '女' : '男', 0.004),
            c.is(0.01) ? [p.ethnic[1].slice(0, -1), 'other-spelling', p.ethnic[1]] : clean(p.ethnic[1]),
            dirtyDate(c, p.birth, 'compact', 0.01),
            asOf(dirtyPhone(c, phoneOn(p, opened), 0.06), p.phone),
            asOf(dirtyAddress(c, address(homeOn(p, opened), yearOf(opened)), 0.05, 30), address(p.home, thisYear)),
          ],
        },
      ]
    },
  },
  {
    department: '卫生健康委员会',
    file: '就诊记录.csv',
    format: 'csv',
    of: 'person',
    columns: ['就诊流水号', '患者姓名', '患者身份证号', '就诊日期', '科室', '费用金额'],
    make: (truth, i, c, serial) => {
      const p = person(truth, i)
      return Array.from({ length: c.int(0, 6) }, () => {
        const date = day(c, 2024, 2025)
        return {
          mentions: [aPerson(i)],
          cells: [
            key('Z', serial()),
            asOf(dirtyName(c, nameOn(p, date), 0.01), p.name),
            dirtyId(c, p.id, 0.006),
            dirtyDate(c, date, 'iso', 0.002),
            clean(c.pick(['内科', '外科', '儿科', '妇产科', '眼科'])),
            clean((c.int(500, 90_000) / 100).toFixed(2)),
          ],
        }
      })
    },
  },
  {
    department: '自然资源和规划局',
    file: '不动产登记.csv',
    format: 'csv',
    of: 'person',
    columns: ['不动产单元号', '坐落', '权利人姓名', '权利人证件号', '登记日期', '面积'],
    make: (truth, i, c) => {
      if (!c.is(0.5) || i % householdSize === 2) return []
      const p = person(truth, i)
      const date = day(c, 2000, 2025)
      const unit = unitOf(c, codeIn(p.home.area, thisYear)[0], i)
      const record: MadeRecord = {
        mentions: [aPerson(i, '权利人')],
        cells: [
          c.is(0.01) ? [unit.replace('GB', 'KB'), 'bad-unit', unit] : clean(unit),
          dirtyAddress(c, nowAt(p.home), 0.02, 64),
          asOf(dirtyName(c, nameOn(p, date), 0.01), p.name),
          dirtyId(c, p.id, 0.01),
          dirtyDate(c, date, 'iso', 0.004),
          clean(String(c.int(40, 240))),
        ],
      }
      return c.is(0.003) ? [record, copied(record)] : [record]
    },
  },
  {
    department: '住房和城乡建设局',
    file: '企业资质.json',
    format: 'json',
    of: 'enterprise',
    columns: ['证书编号', '企业名称', '统一社会信用代码', '法人代表', '资质等级', '发证日期'],
    make: (truth, i, c, serial) => {
      if (!c.is(famous(i) ? 1 : 0.25)) return []
      const e = enterprise(truth, i)
      const date = day(c, Math.max(2018, yearOf(e.founded)), 2025)
      return [
        {
          mentions: [aFirm(i)],
          cells: [
            key('Q', serial()),
            asOf(looseName(c, { ...e, name: firmNameOn(e, date) }, famous(i) ? 1 : 0.3), e.name),
            dirtyId(c, e.uscc, 0.02),
            outdated(legalOn(e, date), e.legal),
            clean(c.pick(['一级', '二级', '三级'])),
            dirtyDate(c, date, 'iso', 0.005),
          ],
        },
      ]
    },
  },
  {
    department: '住房和城乡建设局',
    file: '施工许可.zip',
    format: 'zip',
    of: 'enterprise',
    columns: ['许可证号', '施工单位名称', 'credit_code', '项目名称', '发证日期', '合同金额'],
    make: (truth, i, c, serial) => {
      if (!c.is(famous(i) ? 1 : 0.2)) return []
      const e = enterprise(truth, i)
      const date = day(c, Math.max(2019, yearOf(e.founded)), 2025)
      return [
        {
          mentions: [aFirm(i)],
          cells: [
            key('X', serial()),
            asOf(looseName(c, { ...e, name: firmNameOn(e, date) }, famous(i) ? 1 : 0.35), e.name),
            dirtyId(c, e.uscc, 0.03),
            missing(c, `${e.office.rest.slice(0, 5)}改造工程`, 0.01),
            dirtyDate(c, date, 'slash', 0.01),
            clean(String(c.int(10, 90_000))),
          ],
        },
      ]
    },
  },
]

/** A plate nobody else has: ordinary, or of a new-energy car. */
function plateOf(c: Chance, i: number): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
  const digits = (n: number, width: number): string => String(n).padStart(width, '0')
  if (c.is(0.2))
    return `浙A${'DABCEFGHJK'[Math.floor(i / 10_000) % 10]}${letters[Math.floor(i / 100_000) % 24]}${digits(i % 10_000, 4)}`
  const town = 'ABCDF'[Math.floor(i / 576_000) % 5]
  return `浙${town}${letters[i % 24]}${letters[Math.floor(i / 24) % 24]}${digits(Math.floor(i / 576) % 1000, 3)}`
}

/** GB/T 37346-2019: region, cadastral area, land right, parcel, building or unit. */
function unitOf(c: Chance, region: string, i: number): string {
  const three = (n: number): string => String(n).padStart(3, '0')
  const parcel = String(c.int(1, 99_999)).padStart(5, '0')
  return `${region}${three(c.int(1, 20))}${three(c.int(1, 30))}GB${parcel}F${String(i % 100_000_000).padStart(8, '0')}`
}

/** A child's file under a parent's number. */
function familyNumber(truth: TrueCity, p: Person, c: Chance): Cell | undefined {
  if (p.index % householdSize !== 2 || p.birth < '2010' || !c.is(0.05)) return undefined
  return [person(truth, p.index - 2).id, 'family-number', p.id]
}

/** A branch under the number of its head office. */
function branchNumber(truth: TrueCity, i: number, c: Chance): Cell | undefined {
  const e = enterprise(truth, i)
  if (e.lookalike !== 'branch' || !c.is(0.3)) return undefined
  return [enterprise(truth, i - 1).uscc, 'head-office-code', e.uscc]
}
