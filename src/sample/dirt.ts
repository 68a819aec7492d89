import { citizenCheckCharacter } from '../standard/index.ts'
import type { Chance } from './chance.ts'
import type { Enterprise } from './enterprises.ts'
import { city } from './places.ts'
import { alike, forms, shortTrades, traditional } from './words.ts'

/** A cell as it is written, the reason it differs from the truth (undefined: it does not), and the clean value. */
export type Cell = readonly [written: string, reason: string | undefined, clean: string]

export const clean = (value: string): Cell => [value, undefined, value]
/** A cell that is dirty only where dirt changed something. */
const dirty = (written: string, reason: string, good: string): Cell =>
  written === good ? clean(good) : [written, reason, good]

const wide = (value: string): string =>
  value.replace(/[0-9A-Za-z]/g, (ch) => String.fromCharCode(ch.charCodeAt(0) + 0xfee0))
/** UTF-8 taken for GBK and kept so: what is no character became a question mark. */
const mojibake = (value: string): string =>
  new TextDecoder('gbk').decode(new TextEncoder().encode(value)).replaceAll('\ufffd', '?')
const swapTable = (value: string, table: Readonly<Record<string, string>>): string => {
  const at = [...value].findIndex((ch) => table[ch] !== undefined)
  return at < 0 ? value : [...value].map((ch, i) => (i === at ? table[ch]! : ch)).join('')
}

const idErrors = [
  'lower-case',
  'full-width',
  'inner-blank',
  'lost-end',
  'swapped-digits',
  'wrong-digit',
  'wrong-check',
  'valid-but-wrong',
  'spreadsheet-float',
  'fifteen-digits',
  'letter-o',
  'letter-i',
  'stale-region',
  'missing',
  'placeholder',
  'batch-default',
  'trailing-space',
] as const

/** Errors of identification numbers, about `rate` of all. */
export function dirtyId(c: Chance, id: string, rate: number): Cell {
  if (!c.is(rate)) return clean(id)
  const reason = c.pick(idErrors)
  const at = c.int(6, 15)
  const more = c.int(1, 9)
  return dirty(bentId(id, reason, at, more), reason, id)
}

function bentId(id: string, reason: (typeof idErrors)[number], at: number, more: number): string {
  switch (reason) {
    case 'lower-case':
      return id.toLowerCase()
    case 'full-width':
      return wide(id)
    case 'inner-blank':
      return `${id.slice(0, 6)} ${id.slice(6)}`
    case 'lost-end':
      return id.slice(0, 17)
    case 'swapped-digits':
      return id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2)
    case 'wrong-digit':
      return /\d/.test(id[at]!) ? id.slice(0, at) + ((Number(id[at]) + more) % 10) + id.slice(at + 1) : id
    case 'wrong-check':
      return id.slice(0, 17) + (id[17] === '0' ? '1' : '0')
    case 'valid-but-wrong':
      return otherSequence(id, more)
    case 'spreadsheet-float':
      return /^\d{18}$/.test(id) ? `${id[0]}.${id.slice(1, 15)}E+17` : id
    case 'fifteen-digits':
      return /^\d{6}19\d{9}[\dX]$/.test(id) && !/^99[6-9]$/.test(id.slice(14, 17))
        ? id.slice(0, 6) + id.slice(8, 17)
        : id
    case 'letter-o':
      return id.replace('0', 'O')
    case 'letter-i':
      return id.replace('1', 'I')
    case 'stale-region':
      return id.startsWith('9133') ? `${id.slice(0, 2)}330107${id.slice(8)}` : id
    case 'missing':
      return ''
    case 'placeholder':
      return ['无', '不详', '/', '-', 'NULL'][more % 5]!
    case 'batch-default':
      return '0'.repeat(18)
    case 'trailing-space':
      return `${id}　`
  }
}

/** Another number that passes every check: one digit of the sequence differs and the check character was made to fit. */
function otherSequence(id: string, more: number): string {
  if (!/^\d{17}[\dX]$/.test(id) || id.startsWith('91')) return id
  const first17 = id.slice(0, 14) + ((Number(id[14]) + more) % 10) + id.slice(15, 17)
  return first17 + citizenCheckCharacter(first17)
}

const nameErrors = [
  'look-or-sound-alike',
  'traditional',
  'inner-blank',
  'lost-rare',
  'mojibake',
  'missing',
  'test-value',
  'lost-dot',
  'trailing-space',
] as const

/** Errors of people's names. */
export function dirtyName(c: Chance, name: string, rate: number): Cell {
  if (!c.is(rate)) return clean(name)
  const reason = c.pick(nameErrors)
  const [broken, tried] = [c.is(0.3), c.is(0.15)]
  return dirty(bentName(name, reason, broken, tried), reason, name)
}

function bentName(name: string, reason: (typeof nameErrors)[number], broken: boolean, tried: boolean): string {
  const letters = [...name]
  switch (reason) {
    case 'look-or-sound-alike':
      return swapTable(name, alike)
    case 'traditional':
      return swapTable(name, traditional)
    case 'inner-blank':
      return `${letters[0]} ${letters.slice(1).join('')}`
    case 'lost-rare':
      return name.replace(/[\u{10000}-\u{3ffff}]/gu, '?')
    case 'mojibake':
      return broken ? mojibake(name) : tried ? `${letters[0]}锟斤拷` : name
    case 'missing':
      return ''
    case 'test-value':
      return tried ? '测试' : name
    case 'lost-dot':
      return name.replace('·', '')
    case 'trailing-space':
      return `${name}　`
  }
}

/** Ways in which a name is written otherwise, with how often: most keep mark and trade, one in five does not. */
const firmErrors = {
  'no-region': 22,
  'other-form': 20,
  'short-name': 16,
  'moved-region': 14,
  brackets: 6,
  'half-width': 6,
  'former-name': 3,
  'look-or-sound-alike': 3,
  traditional: 3,
  truncated: 2,
  'trailing-space': 2,
} as const
type FirmError = keyof typeof firmErrors

/** Enterprise names as other departments keep them. */
export function looseName(c: Chance, e: Enterprise, rate: number): Cell {
  if (!c.is(rate)) return clean(e.name)
  const reason = c.weighted(firmErrors)
  const abbreviated = c.is(0.23)
  const bare = c.is(0.5)
  return dirty(bentFirm(e, reason, abbreviated, bare), reason, e.name)
}

const formPattern = new RegExp(`(${[...new Set(forms)].sort((a, b) => b.length - a.length).join('|')})`)
const withoutForm = (name: string): string => name.replace(formPattern, '')
const withoutRegion = (name: string): string => (name.startsWith(city) ? name.slice(city.length) : name)

function bentFirm(e: Enterprise, reason: FirmError, abbreviated: boolean, bare: boolean): string {
  const { name } = e
  switch (reason) {
    case 'former-name':
      return e.formerName
    case 'no-region':
      return withoutRegion(name)
    case 'moved-region':
      return name.startsWith(city) ? `${withoutForm(withoutRegion(name))}（${city.replace('市', '')}）有限公司` : name
    case 'other-form':
      return name.includes('有限责任公司')
        ? name.replace('有限责任公司', '有限公司')
        : name.replace('有限公司', '有限责任公司')
    case 'brackets':
      return name.replace('集团', '（集团）')
    case 'short-name':
      return shortName(e, abbreviated, bare)
    case 'look-or-sound-alike':
      return swapTable(name, alike)
    case 'traditional':
      return swapTable(name, traditional)
    case 'half-width':
      return name.replace('集团', '(集团)')
    case 'truncated':
      return [...name].slice(0, 10).join('')
    case 'trailing-space':
      return `${name}　`
  }
}

/** About 77 % of the short names people use are a literal part of the full name; the rest abbreviate. */
export function shortName(e: Enterprise, abbreviated: boolean, bare: boolean): string {
  const rest = withoutForm(withoutRegion(e.name))
  const short = shortTrades[e.trade[0]]
  if (abbreviated && short !== undefined) return rest.replace(e.trade[0], short)
  if (abbreviated) return rest.replace(e.trade[0], '')[0] + e.trade[0]
  return bare ? rest.replace(e.trade[0], '') : rest
}

export type DateStyle = 'iso' | 'compact' | 'slash' | 'chinese'
const dateErrors = ['batch-default', 'no-such-day', 'swapped-year', 'other-spelling', 'lunar', 'missing'] as const

/** A date as a department spells it, with errors. */
export function dirtyDate(c: Chance, iso: string, style: DateStyle, rate: number): Cell {
  const good = spelt(iso, style)
  if (!c.is(rate)) return clean(good)
  const reason = c.pick(dateErrors)
  const [y, m, d] = iso.split('-') as [string, string, string]
  const bent = {
    'batch-default': '1900-01-01',
    'no-such-day': `${y}-02-30`,
    'swapped-year': spelt(`${y.slice(0, 2)}${y[3]}${y[2]}-${m}-${d}`, style),
    'other-spelling': `${y}.${m}.${d}`,
    lunar: `农历${['正', '二', '三', '四', '五', '六', '七', '八', '九', '十', '冬', '腊'][Number(m) - 1]}月十八`,
    missing: '',
  }[reason]
  return dirty(bent, reason, good)
}
function spelt(iso: string, style: DateStyle): string {
  if (style === 'iso') return iso
  const [y, m, d] = iso.split('-') as [string, string, string]
  if (style === 'compact') return y + m + d
  return style === 'slash' ? `${y}/${Number(m)}/${Number(d)}` : `${y}年${Number(m)}月${Number(d)}日`
}

const phoneErrors = ['hyphens', 'plus-86', 'lost-end', 'missing', 'batch-default', 'landline'] as const

export function dirtyPhone(c: Chance, phone: string, rate: number): Cell {
  if (!c.is(rate)) return clean(phone)
  const reason = c.pick(phoneErrors)
  const bent = {
    hyphens: `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`,
    'plus-86': `+86${phone}`,
    'lost-end': phone.slice(0, 10),
    missing: '',
    'batch-default': '13800000000',
    landline: `0571-8${phone.slice(4)}`,
  }[reason]
  return dirty(bent, reason, phone)
}

/** An address as written: left out, cut at the width of the form's field, or a bare default. */
export function dirtyAddress(c: Chance, address: string, rate: number, width: 20 | 30 | 64): Cell {
  const cut = [...address].slice(0, width).join('')
  if (cut !== address) return [cut, 'truncated', address]
  if (!c.is(rate)) return clean(address)
  const reason = c.pick(['missing', 'batch-default', 'no-city', 'other-unit-word', 'trailing-space'])
  const bent: Record<string, string> = {
    missing: '',
    'batch-default': city,
    'no-city': address.replace(city, ''),
    'other-unit-word': address.replace('幢', '号楼'),
    'trailing-space': `${address}　`,
  }
  return dirty(bent[reason]!, reason, address)
}

/** Left out, `rate` of all. */
export const missing = (c: Chance, value: string, rate: number): Cell =>
  c.is(rate) ? dirty('', 'missing', value) : clean(value)
/** What the department wrote at the time, and never changed. */
export const outdated = (then: string, now: string): Cell => dirty(then, 'outdated', now)
/** A cell written at some time: where nobody bent it, it may still be out of date. */
export const asOf = (cell: Cell, now: string): Cell =>
  cell[1] === undefined ? outdated(cell[0], now) : dirty(cell[0], cell[1], now)
/** The department says something else. */
export const contradicting = (c: Chance, value: string, other: string, rate: number): Cell =>
  c.is(rate) ? dirty(other, 'contradiction', value) : clean(value)
