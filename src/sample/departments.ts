import type { Chance } from './chance.ts'
import { type Dirtied, dirtyDate, dirtyId, dirtyName, dirtyPhone, looseName } from './dirt.ts'
import { type Enterprise, enterprise, type Person, person, type TrueCity } from './truth.ts'
import type { Format } from './write.ts'

/** One record of a department's table: the entity it speaks of, and its cells, clean or dirty. */
export interface MadeRecord {
  readonly entity: string
  readonly cells: readonly Dirtied[]
}

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

const ok = (value: string): Dirtied => [value, undefined]
const sexWord = (p: Person): string => (p.sex === '1' ? '男' : '女')
const personOf = (p: Person): string => `person-${p.index}`
const firmOf = (e: Enterprise): string => `enterprise-${e.index}`
const key = (prefix: string, n: number): Dirtied => ok(`${prefix}${String(n).padStart(9, '0')}`)
const contradicting = (c: Chance, value: string, other: string, rate: number): Dirtied =>
  c.is(rate) ? [other, 'contradiction'] : ok(value)
const missing = (c: Chance, value: string, rate: number): Dirtied => (c.is(rate) ? ['', 'missing'] : ok(value))
const anyDay = (c: Chance, from: number, to: number): string =>
  `${c.int(from, to)}-${String(c.int(1, 12)).padStart(2, '0')}-${String(c.int(1, 28)).padStart(2, '0')}`
/** Districts were merged in 2021; registers keep the old code. */
const staleDistrict = (c: Chance, code: string): Dirtied => (c.is(0.01) ? ['330199', 'never-existed'] : ok(code))

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
      const record = (): MadeRecord => ({
        entity: personOf(p),
        cells: [
          key('R', serial()),
          dirtyName(c, p.name, 0.01),
          dirtyId(c, p.id, 0.008),
          contradicting(c, p.sex, p.sex === '1' ? '2' : '1', 0.002),
          ok(p.ethnic[0]),
          dirtyDate(c, p.birth, 'iso', 0.004),
          staleDistrict(c, p.district),
          missing(c, p.address, 0.01),
          dirtyPhone(c, p.phone, 0.03),
          dirtyDate(c, anyDay(c, 2023, 2025), 'iso', 0.003),
        ],
      })
      return c.is(0.004) ? [record(), record()] : [record()]
    },
  },
  {
    department: '公安局',
    file: '机动车登记.tsv',
    format: 'tsv-utf16',
    of: 'person',
    columns: ['号牌号码', '车辆类型', '机动车所有人姓名', '证件号码', '初次登记日期'],
    make: (truth, i, c) => {
      if (!c.is(0.35)) return []
      const p = person(truth, i)
      const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
      const plate = `浙${c.pick([...'ABCDF'])}${letters[i % 24]}${letters[Math.floor(i / 24) % 24]}${String(Math.floor(i / 576) % 1000).padStart(3, '0')}`
      return [
        {
          entity: personOf(p),
          cells: [
            c.is(0.006) ? [plate.replace(/[A-Z]\d/, 'I0').toLowerCase(), 'bad-plate'] : ok(plate),
            ok(c.pick(['K33', 'K31', 'H31'])),
            dirtyName(c, p.name, 0.012),
            dirtyId(c, p.id, 0.012),
            dirtyDate(c, anyDay(c, 2008, 2025), 'compact', 0.005),
          ],
        },
      ]
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
      return [
        {
          entity: firmOf(e),
          cells: [
            dirtyId(c, e.uscc, 0.004),
            ok(e.registration),
            ok(e.name),
            ok(e.legal),
            ok(String(e.capital)),
            dirtyDate(c, e.founded, 'iso', 0.002),
            ok(e.changed),
            backwards ? ['1997-01-01', 'before-founding'] : ok(e.cancelled ?? ''),
            ok(e.cancelled ? '注销' : '存续'),
            ok(e.trade[1]),
            staleDistrict(c, e.district),
            ok(e.address),
          ],
        },
      ]
    },
  },
  {
    department: '税务局',
    file: '纳税人.csv',
    format: 'csv',
    of: 'enterprise',
    columns: ['NSRSBH', '纳税人名称', 'FDDBR', '税务登记日期', '状态', '联系电话', '经营地址'],
    make: (truth, i, c) => {
      const e = enterprise(truth, i)
      if (!c.is(0.94)) return []
      const old = c.is(0.03)
        ? ([`${e.district}${e.uscc.slice(8, 17)}`, 'old-tax-number'] as const)
        : dirtyId(c, e.uscc, 0.01)
      return [
        {
          entity: firmOf(e),
          cells: [
            old,
            looseName(c, e.name, e.formerName, 0.15),
            contradicting(c, e.legal, e.formerLegal, 0.3),
            dirtyDate(c, e.founded, 'compact', 0.01),
            ok(e.cancelled && c.is(0.7) ? '注销' : '正常'),
            dirtyPhone(c, e.phone, 0.05),
            ok(e.address),
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
      return Array.from({ length: 4 }, (_, q) => ({
        entity: firmOf(e),
        cells: [
          key('SB', serial()),
          ok(e.uscc),
          ok(`2025Q${q + 1}`),
          c.is(0.01) ? (['-', 'placeholder'] as const) : ok((c.int(0, 10_000_000) / 100).toFixed(2)),
          dirtyDate(c, `2025-${['04', '07', '10', '12'][q]}-${String(c.int(1, 28)).padStart(2, '0')}`, 'iso', 0.004),
        ],
      }))
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
      const firm = enterprise(truth, (i * 7919) % Math.max(1, truth.enterprises))
      return Array.from({ length: accounts }, () => ({
        entity: personOf(p),
        cells: [
          key('ZH', serial()),
          accounts > 1 ? ok(p.id) : dirtyId(c, p.id, 0.015),
          accounts > 7 && c.is(0.5) ? (['测试', 'test'] as const) : dirtyName(c, p.name, 0.02),
          looseName(c, firm.name, firm.formerName, 0.1),
          dirtyId(c, firm.uscc, 0.02),
          dirtyDate(c, anyDay(c, 2005, 2025), 'chinese', 0.006),
          ok(String(c.int(40, 250) * 100)),
          ok(c.pick(['参保', '停保', '退休'])),
        ],
      }))
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
        entity: personOf(p),
        cells: [
          key('JF', serial()),
          dirtyId(c, p.id, 0.002),
          ok(`20250${q + 1}`),
          ok(String(c.int(300, 3000))),
          ok(`2025-0${q + 1}-${c.int(10, 28)}`),
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
      if (i % 3 !== 0 || i + 1 >= truth.people || !c.is(0.7)) return []
      const [a, b] = [person(truth, i), person(truth, i + 1)]
      return [
        {
          entity: personOf(a),
          cells: [
            key('J', serial()),
            dirtyName(c, a.name, 0.01),
            dirtyId(c, a.id, 0.01),
            dirtyName(c, b.name, 0.01),
            dirtyId(c, b.id, 0.01),
            dirtyDate(c, anyDay(c, 1990, 2025), 'slash', 0.008),
            staleDistrict(c, a.district),
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
      return [
        {
          entity: personOf(p),
          cells: [
            key('D', serial()),
            dirtyName(c, p.name, 0.025),
            dirtyId(c, p.id, 0.02),
            contradicting(c, sexWord(p), p.sex === '1' ? '女' : '男', 0.004),
            ok(c.is(0.01) ? '汉' : p.ethnic[1]),
            dirtyDate(c, p.birth, 'compact', 0.01),
            dirtyPhone(c, p.phone, 0.06),
            missing(c, p.address.replace('云岭市', ''), 0.05),
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
      return Array.from({ length: c.int(0, 6) }, () => ({
        entity: personOf(p),
        cells: [
          key('Z', serial()),
          dirtyName(c, p.name, 0.01),
          dirtyId(c, p.id, 0.006),
          dirtyDate(c, anyDay(c, 2024, 2025), 'iso', 0.002),
          ok(c.pick(['内科', '外科', '儿科', '妇产科', '眼科'])),
          ok((c.int(500, 90_000) / 100).toFixed(2)),
        ],
      }))
    },
  },
  {
    department: '自然资源和规划局',
    file: '不动产登记.csv',
    format: 'csv',
    of: 'person',
    columns: ['不动产单元号', '坐落', '权利人姓名', '权利人证件号', '登记日期', '面积'],
    make: (truth, i, c) => {
      if (!c.is(0.5)) return []
      const p = person(truth, i)
      const unit = `${p.district}${String(c.int(1, 20)).padStart(3, '0')}${String(c.int(1, 30)).padStart(3, '0')}GB${String(c.int(1, 99_999)).padStart(5, '0')}F${String(i % 100_000_000).padStart(8, '0')}`
      return [
        {
          entity: personOf(p),
          cells: [
            c.is(0.01) ? [unit.replace('GB', 'KB'), 'bad-unit'] : ok(unit),
            missing(c, p.address, 0.02),
            dirtyName(c, p.name, 0.01),
            dirtyId(c, p.id, 0.01),
            dirtyDate(c, anyDay(c, 2000, 2025), 'iso', 0.004),
            ok(String(c.int(40, 240))),
          ],
        },
      ]
    },
  },
  {
    department: '住房和城乡建设局',
    file: '企业资质.json',
    format: 'json',
    of: 'enterprise',
    columns: ['证书编号', '企业名称', '统一社会信用代码', '法人代表', '资质等级', '发证日期'],
    make: (truth, i, c, serial) => {
      if (!c.is(0.25)) return []
      const e = enterprise(truth, i)
      return [
        {
          entity: firmOf(e),
          cells: [
            key('Q', serial()),
            looseName(c, e.name, e.formerName, 0.3),
            dirtyId(c, e.uscc, 0.02),
            contradicting(c, e.legal, e.formerLegal, 0.3),
            ok(c.pick(['一级', '二级', '三级'])),
            dirtyDate(c, anyDay(c, 2018, 2025), 'iso', 0.005),
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
      if (!c.is(0.2)) return []
      const e = enterprise(truth, i)
      return [
        {
          entity: firmOf(e),
          cells: [
            key('X', serial()),
            looseName(c, e.name, e.formerName, 0.35),
            dirtyId(c, e.uscc, 0.03),
            ok(`${e.address.slice(3, 8)}改造工程`),
            dirtyDate(c, anyDay(c, 2019, 2025), 'slash', 0.01),
            ok(String(c.int(10, 90_000))),
          ],
        },
      ]
    },
  },
]
