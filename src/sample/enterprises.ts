import { orgCheckCharacter, usccAlphabet, usccCheckCharacter } from '../standard/index.ts'
import { Chance } from './chance.ts'
import { day, given, phoneOf } from './people.ts'
import { areas, city, codeIn, officeOf, type Place } from './places.ts'
import { type TrueCity, today } from './truth.ts'
import { forms, marks, otherCities, surnames, trades } from './words.ts'

/** Firms that look like another on purpose, and are another. */
export type Lookalike = 'elsewhere' | 'one-character' | 'branch' | 'shell' | 'again'

/** An enterprise as it truly is. A change undefined never happened. */
export interface Enterprise {
  readonly index: number
  readonly name: string
  readonly formerName: string
  readonly renamed: string | undefined
  readonly uscc: string
  readonly registration: string
  readonly legal: string
  readonly formerLegal: string
  readonly legalChanged: string | undefined
  readonly capital: number
  readonly founded: string
  /** The last change, or the founding. */
  readonly changed: string
  readonly cancelled: string | undefined
  readonly trade: readonly [word: string, division: string]
  readonly office: Place
  readonly formerOffice: Place
  readonly moved: string | undefined
  readonly phone: string
  /** How it resembles its predecessor `like`. */
  readonly lookalike: Lookalike | undefined
  readonly like: number | undefined
}

/** One firm in five is a hard negative of the one before it. */
const lookalikes: readonly Lookalike[] = ['elsewhere', 'one-character', 'branch', 'shell', 'again']
const everyFifth = 5

interface Names {
  readonly place: string
  readonly mark: string
  readonly trade: readonly [string, string]
  readonly form: string
  readonly tail: string
}
const written = ({ place, mark, trade, form, tail }: Names): string => `${place}${mark}${trade[0]}${form}${tail}`

const incubator: Place = { area: areas[0]!, rest: '创新路1号创业孵化园' }

/** Names and the people behind a firm that is no lookalike. */
function plain(truth: TrueCity, index: number) {
  const c = new Chance(truth.seed, index, 4)
  // one firm in thirty has its seat in the incubator: hundreds of them share an address
  const office = c.is(1 / 30) ? incubator : officeOf(c)
  const names: Names = {
    place: c.is(0.8) ? city : '',
    mark: c.pick(marks) + c.pick(marks),
    trade: c.pick(trades),
    form: c.pick(forms),
    tail: '',
  }
  const legal = c.zipf(surnames) + given(c, c.is(0.6) ? '1' : '2')
  return { office, names, legal }
}

function resembling(truth: TrueCity, index: number, kind: Lookalike): ReturnType<typeof plain> {
  const own = plain(truth, index)
  const other = plain(truth, index - 1)
  const c = new Chance(truth.seed, index, 5)
  const { names } = other
  if (kind === 'elsewhere') return { ...own, names: { ...names, place: c.pick(otherCities) } }
  if (kind === 'one-character') {
    const last = [...names.mark].at(-1)!
    return { ...own, names: { ...names, mark: names.mark[0]! + c.pick(marks.filter((m) => m !== last)) } }
  }
  if (kind === 'branch')
    return { ...own, names: { ...names, tail: `${codeIn(own.office.area, 2020)[1].slice(0, 2)}分公司` } }
  // shells: one representative, one address of an incubator, one name after another
  if (kind === 'shell') return { ...own, office: other.office, legal: other.legal }
  return { ...own, names, legal: other.legal }
}

export function enterprise(truth: TrueCity, index: number): Enterprise {
  const hard = index % everyFifth === everyFifth - 1
  const lookalike = hard ? lookalikes[Math.floor(index / everyFifth) % lookalikes.length] : undefined
  const { office, names, legal } = lookalike ? resembling(truth, index, lookalike) : plain(truth, index)
  const c = new Chance(truth.seed, index, 3)
  // a name is free again once its firm is cancelled
  const again = lookalike === 'again'
  const successor = index % everyFifth === everyFifth - 2 && lookalikes[Math.floor(index / everyFifth) % 5] === 'again'
  const founded = again ? day(c, 2024, 2024) : day(c, 1998, 2020)
  const cancelled = successor ? day(c, 2023, 2023) : !again && c.is(0.07) ? day(c, 2025, 2025) : undefined
  const change = (share: number): string | undefined =>
    c.is(share) && !again && !successor ? day(c, Number(founded.slice(0, 4)) + 1, 2024) : undefined
  const [renamed, legalChanged, moved] = [change(0.12), change(0.2), change(0.1)]
  const year = Number(founded.slice(0, 4))
  const district = codeIn(office.area, year)[0]
  return {
    index,
    name: written(names),
    formerName: renamed === undefined ? written(names) : written({ ...names, mark: c.pick(marks) + c.pick(marks) }),
    renamed,
    uscc: usccOf(index, district, c),
    registration: `${district}${String(index).padStart(8, '0')}${c.int(0, 9)}`,
    legal,
    formerLegal: legalChanged === undefined ? legal : c.zipf(surnames) + given(c, '1'),
    legalChanged,
    capital: c.pick([10, 50, 100, 200, 500, 1000, 5000]),
    founded,
    changed:
      [renamed, legalChanged, moved]
        .filter((d) => d !== undefined)
        .sort()
        .at(-1) ?? founded,
    cancelled,
    trade: names.trade,
    office,
    formerOffice: moved === undefined ? office : officeOf(c),
    moved,
    phone: phoneOf(c),
    lookalike,
    like: lookalike ? index - 1 : undefined,
  }
}

/** 91 + region + an organisation code with its own check + check: GB 32100-2015 over GB 11714. */
function usccOf(index: number, district: string, c: Chance): string {
  let body = ''
  for (let n = index + 1000, i = 0; i < 6; i++, n = Math.floor(n / 31)) body = usccAlphabet[n % 31]! + body
  const first8 = `M${usccAlphabet[c.int(0, 30)]}${body}`
  const first17 = `91${district}${first8}${orgCheckCharacter(first8)}`
  return first17 + usccCheckCharacter(first17)
}

/** Its values on a day. */
export const firmNameOn = (e: Enterprise, date: string = today): string =>
  e.renamed !== undefined && date < e.renamed ? e.formerName : e.name
export const legalOn = (e: Enterprise, date: string = today): string =>
  e.legalChanged !== undefined && date < e.legalChanged ? e.formerLegal : e.legal
export const officeOn = (e: Enterprise, date: string = today): Place =>
  e.moved !== undefined && date < e.moved ? e.formerOffice : e.office
