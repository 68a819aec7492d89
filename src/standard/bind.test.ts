import { describe, expect, test } from 'vitest'
import { bindColumns } from './bind.ts'
import { citizenCheckCharacter } from './checks/citizen.ts'

const today = '2026-11-24'
const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
const two = (n: number): string => String(n).padStart(2, '0')

// columns as bureaux and foreign registers keep them; nothing here comes from the made-up city
const ids = many(30, (i) => {
  const first17 = `${['110105', '440106', '310104'][i % 3]}19${two(50 + i)}${two(1 + (i % 12))}1500${i % 10}`
  return first17 + citizenCheckCharacter(first17)
})
const usccs = [
  '91350100M000100Y43',
  '91330100799655058B',
  '9144030071526726XG',
  '914403001922038216',
  '91110000802100433B',
  '11330283002982634F',
]
const names = ['王建国', '李秀英', '张伟', '刘洋', '陈静', '杨帆', '赵敏', '黄磊', '周杰', '吴芳', '徐丽', '孙强']
const firms = [
  '上海云帆科技有限公司',
  '杭州西溪餐饮管理有限公司',
  '广州天河贸易行',
  '成都锦里文化传播有限公司',
  '华安物业',
]
const mobiles = many(20, (i) => `138${String(10_000_000 + i * 7919)}`)
const landlines = many(20, (i) => `0571-${String(85_000_000 + i * 311)}`)
const dates = many(20, (i) => `20${two(i + 1)}-${two(1 + (i % 12))}-${two(1 + i)}`)
const compactDates = many(20, (i) => `19${60 + i}${two(1 + (i % 12))}${two(1 + i)}`)
const addresses = [
  '西湖区文三路90号',
  '天河区体育东路1号',
  '徐汇区衡山路12弄3号',
  '锦江区春熙路8号',
  '朝阳区建国路88号',
]
const regions = ['330106', '440106', '310104', '510104', '110105', '330102']
const amounts = many(20, (i) => (i * 137.5).toFixed(2))
const integers = many(20, (i) => String(i * 3 + 1))
const emails = many(10, (i) => `office${i}@example.gov.cn`)
const plates = many(10, (i) => `浙A${i}B${two(i)}${i}`)
const units = many(6, (i) => `330106001002GB0001${i}F0001002${i}`)
const serials = many(20, (i) => `2024${String(100_000 + i)}`)
const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']

type Shelf = readonly (readonly [header: string, values: readonly string[], bound: string | null])[]

const chinese: Shelf = [
  ['公民身份号码', ids, 'GMSFHM'],
  ['身份证号（必填）', ids, 'GMSFHM'],
  ['居民身份证号码', ids, 'GMSFHM'],
  ['申报人身份证号', ids, 'GMSFHM@申报人'],
  ['法定代表人身份证号码', ids, 'GMSFHM@法定代表人'],
  ['监护人证件号码', ids, 'GMSFHM@监护人'],
  ['SFZH', ids, 'GMSFHM'],
  ['GMSFHM', ids, 'GMSFHM'],
  ['zjhm', ids, 'GMSFHM'],
  ['证件类型', ['居民身份证', '护照', '军官证', '居民身份证', '港澳通行证'], null],
  ['证件号码', many(20, (i) => `E${10_000_000 + i}`), null],
  ['许可证号', serials, null],
  ['姓 名', names, 'XM'],
  ['XM', names, 'XM'],
  ['学生姓名', names, 'XM'],
  ['联系人', names, null],
  ['联系人姓名', names, 'XM@联系人'],
  ['项目名称', ['道路改造', '绿化工程', '雨污分流', '桥梁加固', '路灯更新'], null],
  ['药品名称', ['阿莫西林', '布洛芬', '青霉素', '维生素C', '头孢'], null],
  ['性别', ['男', '女', '男', '女', '女', '男'], 'XB'],
  ['XB', ['1', '2', '1', '2', '2', '1'], 'XB'],
  ['民族', ['汉族', '回族', '汉族', '满族', '汉族'], 'MZ'],
  ['民族乡', ['是', '否', '否', '否', '是'], null],
  ['出生年月', compactDates, 'CSRQ'],
  ['CSRQ', compactDates, 'CSRQ'],
  ['统一社会信用代码', usccs, 'TYSHXYDM'],
  ['社会信用代码（18位）', usccs, 'TYSHXYDM'],
  ['TYSHXYDM', usccs, 'TYSHXYDM'],
  ['用人单位统一社会信用代码', usccs, 'TYSHXYDM@用人单位'],
  ['单位名称', firms, 'QYMC'],
  ['申请单位名称', firms, 'QYMC@申请单位'],
  ['主管部门', ['教育局', '卫健委', '住建局', '公安局', '民政局'], null],
  ['法定代表人', names, 'FDDBR'],
  ['法定代表人（负责人）', names, 'FDDBR'],
  ['企业成立日期', dates, 'CLRQ'],
  ['注册资本（万元）', integers, 'ZCZB'],
  ['经营范围', ['餐饮服务', '软件开发', '物业管理', '广告设计', '货运'], null],
  ['行政区划代码', regions, 'XZQHDM'],
  ['所在地行政区划', regions, 'XZQHDM@所在地'],
  ['邮政编码', ['310012', '510620', '200031', '610021', '100022', '310009'], null],
  ['联系电话', mobiles, 'SJHM'],
  ['固定电话', landlines, null],
  ['办公电话', landlines, null],
  ['电子邮箱', emails, 'DZYX'],
  ['车牌号', plates, 'HPHM'],
  ['不动产单元号', units, 'BDCDYH'],
  ['通讯地址', addresses, 'ZZ'],
  ['网站地址', many(6, (i) => `https://www.example${i}.gov.cn/`), null],
  ['IP地址', many(6, (i) => `10.0.0.${i}`), null],
  ['缴费金额（元）', amounts, 'JE'],
  ['更新时间', dates, 'RQ'],
  ['建筑面积', amounts, null],
  ['序号', integers, null],
  ['备注', ['无', '已核实', '待补充材料', '已注销', '无'], null],
  ['状态码', ['200', '404', '200', '500', '200'], null],
  ['c7', ids, 'GMSFHM'],
  ['字段3', usccs, 'TYSHXYDM'],
  ['列12', regions, null],
  ['编号', many(20, (i) => String(110_101 + i)), null],
]

const foreign: Shelf = [
  ['name', ['Anna Schmidt', 'John Doe', 'Marie Curie', 'Ada Lovelace', 'Alan Turing'], null],
  ['status', ['open', 'closed', 'open', 'void', 'open'], null],
  ['phone', many(8, (i) => `+1 (212) 555-01${two(i)}`), null],
  ['email', emails, 'DZYX'],
  ['date', many(8, (i) => `03/${two(i + 1)}/2024`), null],
  ['created_date', dates, 'RQ'],
  ['birth_date', dates, 'CSRQ'],
  ['gender', ['M', 'F', 'F', 'M', 'F', 'M'], null],
  ['address', ['10 Downing Street', '221B Baker Street', '1600 Amphitheatre Pkwy', 'Unter den Linden 77', 'x'], null],
  ['amount', amounts, 'JE'],
  ['company', ['Acme Corp', 'Globex', 'Initech', 'Umbrella', 'Hooli'], null],
  ['id', integers, null],
  ['zip', ['10001', '94105', '60601', '02108', '98101'], null],
  ['latitude', many(10, (i) => (48 + i / 100).toFixed(4)), null],
  ['category', words, null],
  ['nation', ['France', 'Chad', 'Peru', 'Fiji', 'Cuba'], null],
  ['education', ['BSc', 'MSc', 'PhD', 'BA', 'MA'], null],
  ['degree', many(10, (i) => String(i * 36)), null],
  ['capital', ['Paris', 'Lima', 'Suva', 'Havana', 'Rome'], null],
  ['tel', landlines, null],
  ['day', ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], null],
  ['model', words, null],
]

const bound = (header: string, values: readonly string[]): string | null => {
  const [binding] = bindColumns({ fields: [fieldOf(header)] }, new Map([[header, values]]), today)
  return binding === undefined ? null : binding.element + (binding.role === '' ? '' : `@${binding.role}`)
}
type Field = Parameters<typeof bindColumns>[0]['fields'][number]
const fieldOf = (name: string): Field => ({ name }) as Field

describe.each([
  ['Chinese', chinese],
  ['foreign', foreign],
] as const)('a shelf of %s columns', (_, shelf) => {
  test.each(shelf)('%s', (header, values, expected) => {
    const [binding] = bindColumns({ fields: [fieldOf(header)] }, new Map([[header, values]]), today)
    expect(bound(header, values), JSON.stringify(binding?.evidence.map((e) => e.words.en))).toBe(expected)
  })
})

test('a record has one subject: of two columns of one element the plain name is its own', () => {
  const headers = ['教师姓名', '姓名', '学生姓名', '教师身份证号', '学生身份证号']
  const profile = { fields: headers.map(fieldOf) }
  const samples = new Map(headers.map((h) => [h, h.endsWith('姓名') ? names : ids]))
  const roles = bindColumns(profile, samples, today).map((b) => [b.column, b.role])
  expect(roles).toEqual([
    ['教师姓名', '教师'],
    ['姓名', ''],
    ['学生姓名', '学生'],
    ['教师身份证号', ''],
    ['学生身份证号', '学生'],
  ])
})

test('every binding shows what speaks for it, and a clear name with foreign content is bound against that content', () => {
  const [binding] = bindColumns({ fields: [fieldOf('公民身份号码')] }, new Map([['公民身份号码', words]]), today)
  expect(binding?.evidence.map((e) => e.kind)).toEqual(['name', 'conflict'])
  for (const [header, values] of [...chinese, ...foreign]) {
    const [b] = bindColumns({ fields: [fieldOf(header)] }, new Map([[header, values]]), today)
    if (b) expect(b.evidence.every((e) => e.words.zh !== '' && e.words.en !== '')).toBe(true)
  }
})
