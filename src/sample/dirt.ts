import type { Chance } from './chance.ts'
import { alike } from './words.ts'

/** A cell after dirt: what stands there, and the kind of error, undefined when it is clean. */
export type Dirtied = readonly [value: string, kind: string | undefined]

const clean = (value: string): Dirtied => [value, undefined]
const wide = (value: string): string =>
  value.replace(/[0-9A-Za-z]/g, (ch) => String.fromCharCode(ch.charCodeAt(0) + 0xfee0))

/** Errors of identification numbers, about `rate` of all. */
export function dirtyId(c: Chance, id: string, rate: number): Dirtied {
  if (!c.is(rate)) return clean(id)
  const kind = c.pick([
    'lower',
    'wide',
    'blank',
    'cut',
    'swap',
    'wrong-check',
    'float',
    'fifteen',
    'letter-o',
    'missing',
    'placeholder',
    'trailing',
  ])
  const at = c.int(6, 15)
  switch (kind) {
    case 'lower':
      return [id.toLowerCase(), id === id.toLowerCase() ? undefined : kind]
    case 'wide':
      return [wide(id), kind]
    case 'blank':
      return [`${id.slice(0, 6)} ${id.slice(6)}`, kind]
    case 'cut':
      return [id.slice(0, 17), kind]
    case 'swap':
      return id[at] === id[at + 1] ? clean(id) : [id.slice(0, at) + id[at + 1] + id[at] + id.slice(at + 2), kind]
    case 'wrong-check':
      return [id.slice(0, 17) + (id[17] === '0' ? '1' : '0'), kind]
    case 'float':
      return /^\d{18}$/.test(id) ? [`${id[0]}.${id.slice(1, 15)}E+17`, kind] : clean(id)
    case 'fifteen':
      return /^\d{6}19\d{9}[\dX]$/.test(id) ? [id.slice(0, 6) + id.slice(8, 17), kind] : clean(id)
    case 'letter-o':
      return id.includes('0') ? [id.replace('0', 'O'), kind] : clean(id)
    case 'missing':
      return ['', kind]
    case 'placeholder':
      return [c.pick(['无', '不详', '/', '-']), kind]
    default:
      return [`${id}　`, kind]
  }
}

export function dirtyName(c: Chance, name: string, rate: number): Dirtied {
  if (!c.is(rate)) return clean(name)
  const kind = c.pick(['alike', 'blank', 'lost-rare', 'mojibake', 'missing', 'test', 'dotless', 'trailing'])
  switch (kind) {
    case 'alike': {
      const at = [...name].findIndex((ch) => alike[ch] !== undefined && alike[ch] !== ch)
      return at < 0 ? clean(name) : [[...name].map((ch, i) => (i === at ? alike[ch]! : ch)).join(''), kind]
    }
    case 'blank':
      return [`${[...name][0]} ${[...name].slice(1).join('')}`, kind]
    case 'lost-rare':
      return /[\u{10000}-\u{3ffff}]/u.test(name) ? [name.replace(/[\u{10000}-\u{3ffff}]/gu, '?'), kind] : clean(name)
    case 'mojibake':
      return c.is(0.15) ? [`${[...name][0]}锟斤拷`, kind] : clean(name)
    case 'missing':
      return ['', kind]
    case 'test':
      return c.is(0.1) ? ['测试', kind] : clean(name)
    case 'dotless':
      return name.includes('·') ? [name.replace('·', ''), kind] : clean(name)
    default:
      return [`${name}　`, kind]
  }
}

/** Enterprise names as other departments keep them. */
export function looseName(c: Chance, name: string, former: string, rate: number): Dirtied {
  if (!c.is(rate)) return clean(name)
  const kind = c.pick(['former', 'no-region', 'moved-region', 'form', 'brackets', 'short', 'alike', 'wide'])
  const region = /^云岭市/.test(name)
  switch (kind) {
    case 'former':
      return [former, former === name ? undefined : kind]
    case 'no-region':
      return region ? [name.slice(3), kind] : clean(name)
    case 'moved-region':
      return region
        ? [`${name.slice(3).replace(/(集团|股份)?有限(责任)?公司/, '')}（云岭）有限公司`, kind]
        : clean(name)
    case 'form':
      return [
        name.includes('有限责任公司')
          ? name.replace('有限责任公司', '有限公司')
          : name.replace('有限公司', '有限责任公司'),
        kind,
      ]
    case 'brackets':
      return name.includes('集团') ? [name.replace('集团', '（集团）'), kind] : clean(name)
    case 'short':
      return [name.replace(/^云岭市/, '').replace(/(集团|股份)?有限(责任)?公司/, ''), kind]
    case 'alike':
      return dirtyName(c, name, 1)
    default:
      return [name.replaceAll('（', '(').replaceAll('）', ')'), undefined]
  }
}

export function dirtyDate(
  c: Chance,
  iso: string,
  style: 'iso' | 'compact' | 'slash' | 'chinese',
  rate: number,
): Dirtied {
  const [y, m, d] = iso.split('-') as [string, string, string]
  const written = {
    iso,
    compact: y + m + d,
    slash: `${y}/${Number(m)}/${Number(d)}`,
    chinese: `${y}年${Number(m)}月${Number(d)}日`,
  }[style]
  if (!c.is(rate)) return clean(written)
  const kind = c.pick(['default-date', 'no-such-day', 'swapped-year', 'other-style', 'missing'])
  switch (kind) {
    case 'default-date':
      return ['1900-01-01', kind]
    case 'no-such-day':
      return [`${y}-02-30`, kind]
    case 'swapped-year':
      return [`${y.slice(0, 2)}${y[3]}${y[2]}-${m}-${d}`, y[2] === y[3] ? undefined : kind]
    case 'other-style':
      return [`${y}.${m}.${d}`, kind]
    default:
      return ['', kind]
  }
}

export function dirtyPhone(c: Chance, phone: string, rate: number): Dirtied {
  if (!c.is(rate)) return clean(phone)
  const kind = c.pick(['hyphens', 'plus86', 'short', 'missing', 'zeros', 'landline'])
  const shapes: Record<string, string> = {
    hyphens: `${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`,
    plus86: `+86${phone}`,
    short: phone.slice(0, 10),
    missing: '',
    zeros: '00000000000',
    landline: `0571-8${phone.slice(4)}`,
  }
  return [shapes[kind]!, kind]
}
