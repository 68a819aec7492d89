import { pinyin } from 'pinyin-pro'
import type { DatasetProfile, FieldProfile } from '../catalogue/index.ts'
import { tidy, type Words } from '../core/index.ts'
import { judge, repairs, type Step } from './check.ts'
import type { Binding } from './contract.ts'
import { type DataElement, elements } from './elements.ts'

/** What is known of a column before it is bound. */
export interface ColumnEvidence {
  readonly name: string
  readonly field: FieldProfile
  /** Values of the column (filled ones), a fixed sample. */
  readonly values: readonly string[]
}

/** A column is bound at or above this confidence. */
export const bindingThreshold = 0.6

interface Candidate {
  readonly element: DataElement
  readonly role: string
  readonly evidence: Binding['evidence'][number][]
}

/** Binds the columns of a dataset to data elements, each with the evidence that speaks for and against. */
export function bindColumns(
  profile: Pick<DatasetProfile, 'fields'>,
  samples: ReadonlyMap<string, readonly string[]>,
  today: string,
): Binding[] {
  const bound = profile.fields.map((field) =>
    bindColumn({ name: field.name, field, values: samples.get(field.name) ?? [] }, today),
  )
  return bound.filter((b) => b !== undefined)
}

function bindColumn(column: ColumnEvidence, today: string): Binding | undefined {
  const candidates = elements.map((element) => candidate(column, element, today)).filter((c) => c !== undefined)
  const scored = candidates
    .map((c) => ({ ...c, confidence: confidenceOf(c) }))
    .sort((a, b) => b.confidence - a.confidence)
  const best = scored[0]
  if (best === undefined || best.confidence < bindingThreshold) return undefined
  const { element, role, evidence, confidence } = best
  return {
    column: column.name,
    element: element.short,
    elementName: element.name,
    standard: element.standard,
    grade: element.grade,
    role,
    confidence: Math.round(confidence * 100) / 100,
    evidence,
  }
}

function candidate(column: ColumnEvidence, element: DataElement, today: string): Candidate | undefined {
  const name = nameEvidence(column.name, element)
  const content = name || element.tellsByContent ? contentEvidence(column, element, today) : undefined
  if (name === undefined && !(element.tellsByContent && content !== undefined && content.score >= 0.8)) return undefined
  return {
    element,
    role: name?.role ?? '',
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
  readonly evidence: Binding['evidence'][number]
}

function nameEvidence(header: string, element: DataElement): NameEvidence | undefined {
  const bare = bareName(header)
  const last = bareName(header.split('/').at(-1) ?? header)
  return byName(bare, element) ?? (last === bare ? undefined : byName(last, element)) ?? byRole(bare, element)
}

function byName(bare: string, element: DataElement): NameEvidence | undefined {
  if (bare === bareName(element.name.zh))
    return { role: '', evidence: say('name', 0.95, `列名就是“${element.name.zh}”`, `the name is "${element.name.zh}"`) }
  const synonym = element.synonyms.find((s) => bareName(s) === bare)
  if (synonym !== undefined)
    return {
      role: '',
      evidence: say(
        'synonym',
        0.85,
        `“${synonym}”是“${element.name.zh}”的同义名称`,
        `"${synonym}" is a synonym of "${element.name.zh}"`,
      ),
    }
  const initials =
    bare === element.short.toLowerCase() || (/^[a-z]{3,}$/.test(bare) && shortNames(element).includes(bare))
  if (initials)
    return {
      role: '',
      evidence: say(
        'pinyin',
        0.75,
        `“${bare}”是“${element.name.zh}”的拼音`,
        `"${bare}" is the pinyin of "${element.name.zh}"`,
      ),
    }
  return undefined
}

/** `配偶身份证号`: a role in front of a name that is known. The role is kept, so that the number is not taken for the subject's own. */
function byRole(bare: string, element: DataElement): NameEvidence | undefined {
  const role = [...roles, ...rolesInEnglish].find((r) => bare.startsWith(r) && bare.length > r.length)
  if (role === undefined) return undefined
  const inner = byName(bare.slice(role.length), element)
  return (
    inner && {
      role,
      evidence: say(
        'synonym',
        inner.evidence.score - 0.05,
        `“${role}”的“${element.name.zh}”`,
        `"${element.name.zh}" of the ${role}`,
      ),
    }
  )
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
  const { check } = element
  const values = all.slice(0, enough)
  if (check === undefined || values.length < fewest) return undefined
  const passed = values.filter((v) => conforms(judge(check, v, today).step)).length
  const share = passed / values.length
  const percent = `${Math.floor(share * 1000) / 10} %`
  if (share >= 0.5)
    return say(
      'content',
      share,
      `抽样 ${values.length} 个值，${percent} 通过“${element.name.zh}”的检查`,
      `${percent} of ${values.length} sampled values pass the check of "${element.name.zh}"`,
    )
  if (share < 0.2)
    return say(
      'conflict',
      0,
      `抽样 ${values.length} 个值，仅 ${percent} 通过检查，内容与列名不符`,
      `only ${percent} of ${values.length} sampled values pass: content and name disagree`,
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
