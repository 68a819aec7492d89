import type { Words } from '../core/index.ts'
import { type Expr, lit, oneOf, tidied } from '../engine/index.ts'
import type { Check } from './check.ts'
import { citizenCheck } from './checks/citizen.ts'
import { dateCheck, pastDateCheck } from './checks/date.ts'
import { orgCheck, taxCheck, usccCheck } from './checks/organisation.ts'
import {
  amountCheck,
  codeCheck,
  emailCheck,
  ethnicCheck,
  mobileCheck,
  plateCheck,
  regionCheck,
  registrationCheck,
  sexCheck,
  unitCheck,
} from './checks/others.ts'
import type { Grade } from './contract.ts'
import {
  looksLikeAddress,
  looksLikeIndustry,
  looksLikeOrganisation,
  looksLikeParty,
  looksLikePerson,
  looksLikeSchooling,
  looksLikeStatus,
} from './looks.ts'

/** A data element (数据元): what Datong needs of its 26 attributes to bind and check a column. */
export interface DataElement {
  /** Internal identifier, DE00001 style. */
  readonly id: string
  /** Short name: initials of the pinyin. */
  readonly short: string
  readonly name: Words
  readonly synonyms: readonly string[]
  readonly standard: string
  /** 敏感级别. This project's own proposal, configurable later. */
  readonly grade: Grade
  readonly format: string
  readonly check?: Check
  /** Names that mean other things elsewhere, too: they bind only where the content speaks for them. English names are all of this kind. */
  readonly looseNames: readonly string[]
  /** What values look like, for an element without a check. It is evidence for binding and never a finding. */
  readonly looks?: (value: string) => boolean
  /** The check decides by content alone when a column's name says nothing. */
  readonly tellsByContent?: boolean
  /** Where the code set of the element stands: counted under 0105. */
  readonly codeSet?: string
  /** A record of a register cannot do without it: counted under 0201. */
  readonly required?: boolean
  /** Values of the right form that stand for nothing here: batch defaults of forms and programs. */
  readonly placeholders: readonly string[]
  /** Nobody is identified or judged by it: what is wrong with it is a weak finding. */
  readonly weak?: boolean
  /** Place of a date in a life: born < founded < registered < changed < cancelled. */
  readonly order?: number
}

interface More {
  readonly placeholders?: readonly string[]
  /** Chinese names among the synonyms that bind only with content. */
  readonly loose?: string
  readonly looks?: (value: string) => boolean
  readonly format?: string
  readonly check?: Check
  readonly codeSet?: string
  readonly required?: boolean
  readonly order?: number
  readonly weak?: boolean
  readonly tellsByContent?: boolean
}

/** What forms and programs fill in where nobody typed anything. */
const noDay = ['1900-01-01', '19000101', '1900/1/1', '1900/01/01', '1900-1-1', '1900年1月1日', '0001-01-01', '00000000']
const sameDigits = (digits: string, length: number): string[] => [...digits].map((d) => d.repeat(length))

let serial = 0
function element(
  short: string,
  zh: string,
  en: string,
  synonyms: string,
  standard: string,
  grade: Grade,
  more: More = {},
): DataElement {
  serial++
  const { loose, ...rest } = more
  const all = synonyms.split(' ')
  const english = all.filter((name) => /^[a-z_]+$/.test(name))
  return {
    id: `DE${String(serial).padStart(5, '0')}`,
    short,
    name: { zh, en },
    synonyms: all.filter((name) => !english.includes(name)),
    looseNames: [...english, ...(loose?.split(' ') ?? [])],
    standard,
    grade,
    format: 'c..200',
    placeholders: [],
    ...rest,
  }
}

/** The elements Datong ships. Synonyms hold what departments call a column: Chinese, pinyin initials, English. */
export const elements: readonly DataElement[] = [
  element(
    'GMSFHM',
    '公民身份号码',
    'citizen ID number',
    '身份证号 身份证号码 居民身份证号 居民身份证号码 身份号码 身份证 SFZH SFZHM ZJHM id_card idcard id_no id_number cert_no certno citizen_id card_no',
    'GB 11643-1999',
    'L4',
    {
      format: 'c18',
      check: citizenCheck,
      placeholders: [...sameDigits('0123456789', 15), ...sameDigits('0123456789', 18)],
      required: true,
      tellsByContent: true,
      loose: '证件号码 证件号 证件编号',
    },
  ),
  element(
    'XM',
    '姓名',
    "person's name",
    '名字 人员姓名 公民姓名 居民姓名 参保人姓名 姓名全称 患者姓名 name full_name person_name xingming',
    'GB/T 19488.2-2008',
    'L3',
    { format: 'c..50', required: true, looks: looksLikePerson },
  ),
  element('XB', '性别', 'sex', '性别代码 性别编码 XBDM sex gender', 'GB/T 2261.1-2003', 'L2', {
    format: 'c..4',
    check: sexCheck,
    codeSet: '人的性别代码',
  }),
  element('MZ', '民族', 'ethnic group', '民族代码 MZDM nation ethnic ethnicity', 'GB/T 3304-1991', 'L3', {
    format: 'c..20',
    check: ethnicCheck,
    codeSet: '民族',
  }),
  element(
    'CSRQ',
    '出生日期',
    'date of birth',
    '出生年月日 出生年月 生日 birth_date birthday date_of_birth dob birth',
    'GB/T 7408.1-2023',
    'L3',
    { format: 'YYYYMMDD', check: pastDateCheck, placeholders: noDay, order: 0 },
  ),
  element(
    'TYSHXYDM',
    '统一社会信用代码',
    'unified social credit code',
    '社会信用代码 信用代码 统一信用代码 统一代码 单位信用代码 uscc credit_code social_credit_code unified_code uniscid',
    'GB 32100-2015',
    'L1',
    {
      format: 'an18',
      check: usccCheck,
      placeholders: sameDigits('0123456789', 18),
      required: true,
      tellsByContent: true,
    },
  ),
  element(
    'ZZJGDM',
    '组织机构代码',
    'organisation code',
    '机构代码 组织机构代码证号 org_code organization_code',
    'GB 11714-1997',
    'L1',
    { format: 'an9', check: orgCheck },
  ),
  element(
    'NSRSBH',
    '纳税人识别号',
    'taxpayer number',
    '税号 纳税识别号 纳税人号 税务登记号 tax_no tax_id taxpayer_id',
    'GB 32100-2015',
    'L1',
    {
      format: 'an..20',
      check: taxCheck,
      placeholders: [...sameDigits('019', 15), ...sameDigits('019', 18)],
      required: true,
    },
  ),
  element(
    'ZCH',
    '注册号',
    'registration number',
    '工商注册号 营业执照注册号 营业执照号 注册登记号 reg_no registration_no',
    'GS 15-2006',
    'L1',
    { format: 'n15', check: registrationCheck },
  ),
  element(
    'QYMC',
    '企业名称',
    'enterprise name',
    '单位名称 机构名称 公司名称 法人名称 纳税人名称 企业全称 市场主体名称 主体名称 参保单位 参保单位名称 用人单位 用人单位名称 DWMC JGMC company company_name enterprise_name ent_name org_name corp_name',
    'GB/T 19488.2-2008',
    'L1',
    { format: 'c..200', required: true, looks: looksLikeOrganisation },
  ),
  element(
    'FDDBR',
    '法定代表人',
    'legal representative',
    '法定代表人姓名 法人代表 法人姓名 负责人姓名 FRDB legal_rep legal_person legal_representative',
    'GB/T 19488.2-2008',
    'L2',
    { format: 'c..50', looks: looksLikePerson, loose: '负责人 法人' },
  ),
  element(
    'ZCZB',
    '注册资本',
    'registered capital',
    '注册资金 注册资本万元 注册资本(万元) registered_capital capital reg_capital',
    'GB/T 19488.2-2008',
    'L1',
    { format: 'n..18,6', check: amountCheck, weak: true },
  ),
  element(
    'CLRQ',
    '成立日期',
    'date of establishment',
    '设立日期 开业日期 established founded est_date open_date',
    'GB/T 7408.1-2023',
    'L1',
    { format: 'YYYYMMDD', check: pastDateCheck, placeholders: noDay, order: 1 },
  ),
  element(
    'DJRQ',
    '登记日期',
    'date of registration',
    '注册日期 登记时间 注册时间 reg_date registration_date registered',
    'GB/T 7408.1-2023',
    'L1',
    { format: 'YYYYMMDD', check: pastDateCheck, placeholders: noDay, order: 2 },
  ),
  element(
    'BGRQ',
    '变更日期',
    'date of change',
    '变更时间 最近变更日期 核准日期 change_date approved_date',
    'GB/T 7408.1-2023',
    'L1',
    { format: 'YYYYMMDD', check: pastDateCheck, placeholders: noDay, order: 3 },
  ),
  element(
    'ZXRQ',
    '注销日期',
    'date of cancellation',
    '注销时间 吊销日期 终止日期 cancel_date cancelled_date cancel_time',
    'GB/T 7408.1-2023',
    'L1',
    { format: 'YYYYMMDD', check: pastDateCheck, placeholders: noDay, order: 4 },
  ),
  element(
    'DJZT',
    '登记状态',
    'registration status',
    '经营状态 企业状态 存续状态 status ent_status',
    'GB/T 19488.2-2008',
    'L1',
    { format: 'c..20', looks: looksLikeStatus, loose: '状态' },
  ),
  element(
    'XZQHDM',
    '行政区划代码',
    'region code',
    '行政区划 区划代码 行政区划编码 所属区划 XZQH region_code area_code district_code',
    'GB/T 2260-2007',
    'L1',
    { format: 'n6', check: regionCheck, placeholders: sameDigits('09', 6), codeSet: 'GB/T 2260', loose: '区划' },
  ),
  element(
    'ZZ',
    '住址',
    'address',
    '住所 家庭住址 家庭地址 户籍地址 现住址 居住地址 经营地址 注册地址 单位地址 坐落 企业住所 通讯地址 联系地址 DZ JZDZ address addr home_address',
    'GB/T 19488.2-2008',
    'L3',
    { format: 'c..200', looks: looksLikeAddress, loose: '地址' },
  ),
  element(
    'SJHM',
    '手机号码',
    'mobile number',
    '手机号 手机 移动电话 联系手机 本人手机号 mobile mobile_no phone phone_no cell tel',
    'YD/T 2583',
    'L4',
    {
      format: 'n11',
      check: mobileCheck,
      placeholders: [...sameDigits('0123456789', 11), '13800000000', '12345678901'],
      weak: true,
      tellsByContent: true,
      loose: '联系电话 电话 联系方式 LXDH',
    },
  ),
  element('DZYX', '电子邮箱', 'e-mail', '邮箱 电子邮件 email e_mail mail', 'RFC 5321', 'L3', {
    format: 'c..254',
    check: emailCheck,
    weak: true,
    tellsByContent: true,
  }),
  element(
    'HPHM',
    '号牌号码',
    'plate number',
    '车牌号 车牌号码 车牌 机动车号牌 plate plate_no license_plate',
    'GA 36-2018',
    'L3',
    { format: 'c..8', check: plateCheck, tellsByContent: true },
  ),
  element(
    'BDCDYH',
    '不动产单元号',
    'real-estate unit number',
    '不动产单元代码 不动产单元 单元号 estate_unit real_estate_unit unit_no',
    'GB/T 37346-2019',
    'L2',
    { format: 'an28', check: unitCheck, tellsByContent: true },
  ),
  element(
    'HYDM',
    '行业代码',
    'industry code',
    '行业门类 行业大类 行业分类 所属行业 国民经济行业 industry industry_code',
    'GB/T 4754-2017',
    'L1',
    { format: 'an..4', looks: looksLikeIndustry },
  ),
  element('HYZK', '婚姻状况', 'marital status', '婚姻状况代码 marital_status marriage', 'GB/T 2261.2-2003', 'L3', {
    format: 'n2',
    codeSet: '婚姻状况代码',
    check: codeCheck('婚姻状况代码', /\d{2}/),
  }),
  element('XL', '学历', 'education', '学历代码 文化程度 education degree', 'GB/T 4658-2006', 'L2', {
    format: 'c..20',
    looks: looksLikeSchooling,
  }),
  element('ZZMM', '政治面貌', 'political status', '政治面貌代码 political_status', 'GB/T 4762-1984', 'L3', {
    format: 'c..20',
    looks: looksLikeParty,
  }),
  element(
    'RQ',
    '日期',
    'date',
    '业务日期 办理日期 发证日期 申报日期 缴费日期 参保日期 参保时间 结婚登记日期 签发日期 有效期至 更新时间 录入时间 采集日期 date day',
    'GB/T 7408.1-2023',
    'L1',
    { format: 'YYYYMMDD', check: dateCheck, placeholders: noDay, weak: true, loose: '时间' },
  ),
  element(
    'JE',
    '金额',
    'amount',
    '缴费金额 应纳税额 税额 实缴金额 缴费基数 营业收入 amount money',
    'GB/T 19488.2-2008',
    'L2',
    { format: 'n..18,2', check: amountCheck, weak: true },
  ),
]

const byId = new Map(elements.map((e) => [e.id, e]))
const byShort = new Map(elements.map((e) => [e.short, e]))

/** An element by its identifier (DE00001) or short name (GMSFHM); throws on an unknown one, which is a mistake in the program. */
export function elementOf(id: string): DataElement {
  const found = byId.get(id) ?? byShort.get(id)
  if (found === undefined) throw new Error(`no data element ${id}`)
  return found
}

/** True where a value is a batch default of the element and says nothing; never null for a value that is there. */
export const isDefault = (element: DataElement, value: Expr): Expr =>
  element.placeholders.length === 0 ? lit(false) : oneOf(tidied(value), element.placeholders)
