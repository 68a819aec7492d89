import { pinyin } from 'pinyin-pro'
import type { DatasetProfile } from '../catalogue/index.ts'
import { tidy, type Words } from '../core/index.ts'
import { col, type Expr } from '../engine/index.ts'
import { judge, repairs, type Step } from './check.ts'
import type { Binding } from './contract.ts'
import { type DataElement, elements } from './elements.ts'

/** What is known of a column before it is bound. */
export interface ColumnEvidence {
  readonly name: string
  /** Values of the column (filled ones), a fixed sample. */
  readonly values: readonly string[]
}

const columnsKnown = new WeakMap<Binding, Expr>()
/** A bound column as an expression: always the same object, so that what rooms make of it is computed once. */
export function columnOf(binding: Binding): Expr {
  const column = columnsKnown.get(binding) ?? col(binding.column)
  columnsKnown.set(binding, column)
  return column
}

/** A column is bound at or above this confidence. */
export const bindingThreshold = 0.6

interface Candidate {
  readonly element: DataElement
  readonly role: string
  readonly qualifier: string
  readonly evidence: Evidence[]
}
type Evidence = Binding['evidence'][number]

/** Binds the columns of a dataset to data elements, each with the evidence that speaks for and against. */
export function bindColumns(
  profile: Pick<DatasetProfile, 'fields'>,
  samples: ReadonlyMap<string, readonly string[]>,
  today: string,
): Binding[] {
  const bound = profile.fields.map((field) =>
    bindColumn({ name: field.name, values: samples.get(field.name) ?? [] }, today),
  )
  return oneSubject(bound.filter((b) => b !== undefined))
}

interface BoundColumn {
  readonly binding: Binding
  /** The words before the element's name that say of whom, such as 学生. */
  readonly qualifier: string
}

/** 学生姓名 beside 教师姓名: a record has one subject, the others speak of somebody else. */
function oneSubject(bound: readonly BoundColumn[]): Binding[] {
  return bound.map(({ binding, qualifier }, i) => {
    const same = bound.filter((b, j) => j !== i && b.binding.element === binding.element && b.binding.role === '')
    const first = bound.findIndex((b) => b.binding.element === binding.element && b.binding.role === '')
    const yields = same.some((b) => b.qualifier === '') || first !== i
    return binding.role === '' && qualifier !== '' && same.length > 0 && yields
      ? { ...binding, role: qualifier }
      : binding
  })
}

function bindColumn(column: ColumnEvidence, today: string): BoundColumn | undefined {
  const candidates = elements.map((element) => candidate(column, element, today)).filter((c) => c !== undefined)
  const scored = candidates
    .map((c) => ({ ...c, confidence: confidenceOf(c) }))
    .sort((a, b) => b.confidence - a.confidence)
  const best = scored[0]
  if (best === undefined || best.confidence < bindingThreshold) return undefined
  const { element, role, qualifier, evidence, confidence } = best
  const binding: Binding = {
    column: column.name,
    element: element.short,
    elementName: element.name,
    standard: element.standard,
    grade: element.grade,
    role,
    confidence: Math.round(confidence * 100) / 100,
    evidence,
  }
  return { binding, qualifier }
}

function candidate(column: ColumnEvidence, element: DataElement, today: string): Candidate | undefined {
  const name = nameEvidence(column.name, element)
  const content = name || element.tellsByContent ? contentEvidence(column, element, today) : undefined
  if (name === undefined && !(element.tellsByContent && content !== undefined && content.score >= 0.8)) return undefined
  return {
    element,
    role: name?.role ?? '',
    qualifier: name?.qualifier ?? '',
    evidence: [...(name ? [name.evidence] : []), ...(content ? [content] : [])],
  }
}

/** Name and content speak independently; content that disagrees with a clear name lowers, but does not undo: that is the defect. */
function confidenceOf({ evidence, role }: Candidate): number {
  const name = evidence.find((e) => e.kind !== 'content' && e.kind !== 'conflict')?.score ?? 0
  const content = evidence.find((e) => e.kind === 'content')?.score
  const conflict = evidence.some((e) => e.kind === 'conflict')
  const base = content === undefined ? name : 1 - (1 - name) * (1 - content * 0.8)
  return Math.max(0, base - (conflict ? 0.25 : 0) - (role === '' ? 0 : 0.05))
}

// ---- names

/** People and things other than the record's own subject. */
const roles = [
  '配偶',
  '法定代表人',
  '法人代表',
  '法人',
  '负责人',
  '经办人',
  '联系人',
  '监护人',
  '父亲',
  '母亲',
  '户主',
  '申请人',
  '代理人',
  '投资人',
  '股东',
  '男方',
  '女方',
  '权利人',
  '抵押权人',
  '开户',
  '紧急联系人',
  '医生',
  '总公司',
  '隶属企业',
]
const rolesInEnglish = [
  'spouse',
  'legal',
  'contact',
  'agent',
  'guardian',
  'father',
  'mother',
  'owner',
  'parent',
  'husband',
  'wife',
  'head',
]

/** Letters, digits and Chinese characters of a header, in lower case: `法定 代表人` and `cert-no` lose what does not count. */
export function bareName(header: string): string {
  return tidy(header)
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
}

interface NameEvidence {
  readonly role: string
  readonly qualifier: string
  readonly evidence: Evidence
}

/** Words that say whose value it is without speaking of anybody but the record's own subject. */
const subjectsOfPeople =
  /^(本人|个人|居民|公民|人员|学生|学员|考生|患者|病人|参保人|职工|员工|教师|从业人员|残疾人|老人|儿童|业主|车主|被保险人)$/
const subjectsOfFirms = /^(企业|公司|单位|机构|商户|市场主体|主体|纳税人|经营者)$/

function nameEvidence(header: string, element: DataElement): NameEvidence | undefined {
  const bare = bareName(header)
  const last = bareName(header.split('/').at(-1) ?? header)
  const whole = byName(bare, element) ?? (last === bare ? undefined : byName(last, element))
  if (whole) return { role: '', qualifier: '', evidence: whole }
  return byRole(bare, element) ?? byEnding(bare, element) ?? (last === bare ? undefined : byEnding(last, element))
}

/** A name that needs content beside it scores below the threshold. */
const loose = 0.5

function byName(bare: string, element: DataElement): Evidence | undefined {
  const { zh, en } = element.name
  if (bare === bareName(zh)) return say('name', 0.95, `列名就是“${zh}”`, `the name is "${zh}"`)
  const synonym = element.synonyms.find((s) => bareName(s) === bare)
  if (synonym !== undefined)
    return say('synonym', 0.85, `“${synonym}”是“${zh}”的同义名称`, `"${synonym}" is a synonym of "${zh}"`)
  const looseName = element.looseNames.find((s) => bareName(s) === bare)
  if (looseName !== undefined)
    return say(
      'synonym',
      loose,
      `“${looseName}”可指“${zh}”，须以内容为证`,
      `"${looseName}" may mean "${en}", if the content agrees`,
    )
  if (bare !== element.short.toLowerCase() && !(/^[a-z]{3,}$/.test(bare) && shortNames(element).includes(bare)))
    return undefined
  // two or three letters are initials of many things
  return say('pinyin', bare.length < 4 ? loose : 0.75, `“${bare}”是“${zh}”的拼音`, `"${bare}" is the pinyin of "${zh}"`)
}

/** `配偶身份证号`: a role in front of a name that is known. The role is kept, so that the number is not taken for the subject's own. */
function byRole(bare: string, element: DataElement): NameEvidence | undefined {
  const role = [...roles, ...rolesInEnglish].find((r) => bare.startsWith(r) && bare.length > r.length)
  if (role === undefined) return undefined
  const inner = byName(bare.slice(role.length), element)
  const words: Words = { zh: `“${role}”的“${element.name.zh}”`, en: `"${element.name.zh}" of the ${role}` }
  return inner && { role, qualifier: role, evidence: { ...inner, score: inner.score - 0.05, words } }
}

/** `申请单位名称`, `created_date`: the last word of a Chinese or English name is what it is, those before say whose or which. */
function byEnding(bare: string, element: DataElement): NameEvidence | undefined {
  const names = [element.name.zh, ...element.synonyms, ...element.looseNames].map(bareName)
  const ending = names
    .filter((n) => (/\p{Script=Han}/u.test(n) ? [...n].length >= 2 : n.length >= 4) && n !== bare && bare.endsWith(n))
    .sort((a, b) => b.length - a.length)[0]
  if (ending === undefined) return undefined
  const qualifier = bare.slice(0, -ending.length)
  // 申请单位名称 speaks of the 申请单位, as 申请单位信用代码 does
  const subject = /^(企业|公司|单位|机构|纳税人)/.exec(ending)?.[0] ?? ''
  const own = subjectsOfPeople.test(qualifier) || subjectsOfFirms.test(qualifier) || element.short === 'RQ'
  return {
    role: own ? '' : qualifier + subject,
    qualifier,
    evidence: say(
      'synonym',
      loose,
      `列名以“${ending}”结尾，须以内容为证`,
      `the name ends with "${ending}", if the content agrees`,
    ),
  }
}

const pinyinCache = new Map<string, readonly string[]>()
function shortNames(element: DataElement): readonly string[] {
  const known = pinyinCache.get(element.id)
  if (known) return known
  const chinese = [element.name.zh, ...element.synonyms].filter((s) => /\p{Script=Han}/u.test(s))
  const made = chinese.flatMap((s) => {
    const syllables = pinyin(s, { toneType: 'none', type: 'array', nonZh: 'removed' })
    return [syllables.map((p) => p[0]).join(''), syllables.join('')]
  })
  pinyinCache.set(element.id, made)
  return made
}

// ---- content

/** As written, or once put right. */
const conforms = (step: Step | undefined): boolean => step === undefined || (repairs as readonly Step[]).includes(step)

/** Few values prove little. */
const fewest = 5
/** More values than this add no certainty. */
const enough = 500

function contentEvidence(
  { values: all }: ColumnEvidence,
  element: DataElement,
  today: string,
): Binding['evidence'][number] | undefined {
  const { check, looks } = element
  const values = all.slice(0, enough)
  const agrees = check ? (v: string) => conforms(judge(check, v, today).step) : looks
  if (agrees === undefined || values.length < fewest) return undefined
  const passed = values.filter(agrees).length
  const share = passed / values.length
  const percent = `${Math.floor(share * 1000) / 10} %`
  if (share >= 0.5)
    return say(
      'content',
      share,
      `抽样 ${values.length} 个值，${percent} ${check ? '通过' : '看似'}“${element.name.zh}”${check ? '的检查' : ''}`,
      `${percent} of ${values.length} sampled values ${check ? 'pass the check of' : 'look like'} "${element.name.zh}"`,
    )
  // what values look like may support a name, not refute it
  if (check !== undefined && share < 0.2)
    return say(
      'conflict',
      0,
      `抽样 ${values.length} 个值，仅 ${percent} 相符，内容与列名不符`,
      `only ${percent} of ${values.length} sampled values agree: content and name disagree`,
    )
  return undefined
}

function say(
  kind: Binding['evidence'][number]['kind'],
  score: number,
  zh: string,
  en: string,
): Binding['evidence'][number] {
  return { kind, score: Math.round(score * 1000) / 1000, words: { zh, en } satisfies Words }
}
