import { citizenCheckCharacter, orgCheckCharacter, usccAlphabet, usccCheckCharacter } from '../standard/index.ts'
import { Chance } from './chance.ts'
import {
  city,
  districts,
  elsewhere,
  estates,
  ethnic,
  forms,
  givenMen,
  givenWomen,
  marks,
  minority,
  streets,
  surnames,
  trades,
} from './words.ts'

/** A person as they truly are. `index` is the entity; everything follows from seed and index. */
export interface Person {
  readonly index: number
  readonly name: string
  readonly id: string
  readonly sex: '1' | '2'
  readonly birth: string
  readonly ethnic: readonly [string, string]
  readonly phone: string
  readonly district: string
  readonly address: string
  readonly household: number
}
export interface Enterprise {
  readonly index: number
  readonly name: string
  /** Name before its change; the same where it never changed. */
  readonly formerName: string
  readonly uscc: string
  readonly registration: string
  readonly legal: string
  readonly formerLegal: string
  readonly capital: number
  readonly founded: string
  readonly changed: string
  readonly cancelled: string | undefined
  readonly trade: readonly [string, string]
  readonly district: string
  readonly address: string
  readonly phone: string
}

export interface TrueCity {
  readonly seed: number
  readonly people: number
  readonly enterprises: number
}

const two = (n: number): string => String(n).padStart(2, '0')
const day = (c: Chance, from: number, to: number): string =>
  `${c.int(from, to)}-${two(c.int(1, 12))}-${two(c.int(1, 28))}`

/** About three people a household; they share address and sometimes a phone. */
export function person(truth: TrueCity, index: number): Person {
  const c = new Chance(truth.seed, index, 1)
  const household = Math.floor(index / 3)
  const home = new Chance(truth.seed, household, 2)
  const [district, districtName] = home.pick(districts)
  const sex = c.is(0.5) ? '1' : '2'
  const birth = day(c, 1938, 2022)
  const region = issueRegion(c, Number(birth.slice(0, 4)))
  const sequence = c.int(0, 49) * 20 + (index % 10) * 2 + (sex === '1' ? 1 : 0)
  const first17 = `${region}${birth.replaceAll('-', '')}${String(sequence % 1000).padStart(3, '0')}`
  const group = c.is(0.92) ? ethnic[0]! : c.pick(ethnic)
  const name = group[0] === '05' ? c.pick(minority) : `${c.zipf(surnames)}${given(c, sex)}`
  const address = `${city}${districtName}${home.pick(streets)}${home.int(1, 299)}号${home.pick(estates)}${home.int(1, 30)}幢${home.int(1, 4)}单元${home.int(1, 18)}0${home.int(1, 4)}室`
  const phone = c.is(0.12) ? phoneOf(home) : phoneOf(c)
  return {
    index,
    name,
    id: first17 + citizenCheckCharacter(first17),
    sex,
    birth,
    ethnic: group,
    phone,
    district,
    address,
    household,
  }
}

/** Codes are given at birth or first registration: only those in force since before. */
function issueRegion(c: Chance, year: number): string {
  const valid = districts.filter(([, , since]) => since <= Math.max(year, 1981))
  return c.is(0.75) ? c.pick(valid)[0] : c.pick(elsewhere)
}
function given(c: Chance, sex: '1' | '2'): string {
  const pool = sex === '1' ? givenMen : givenWomen
  return c.is(0.8) ? c.pick(pool) + c.pick(pool) : c.pick(pool)
}
function phoneOf(c: Chance): string {
  return `1${c.pick(['38', '39', '58', '59', '77', '86', '99'])}${String(c.int(0, 99_999_999)).padStart(8, '0')}`
}

export function enterprise(truth: TrueCity, index: number): Enterprise {
  const c = new Chance(truth.seed, index, 3)
  const [district, districtName] = c.pick(districts)
  const trade = c.pick(trades)
  // hard negatives: one in six shares the mark and the trade of its predecessor, but is another firm
  const like = index > 0 && index % 6 === 0 ? new Chance(truth.seed, index - 1, 4) : new Chance(truth.seed, index, 4)
  const mark = like.pick(marks) + like.pick(marks)
  const form = c.pick(forms)
  const place = c.is(0.8) ? city : ''
  const branch = c.is(0.04) ? `${districtName}分公司` : ''
  const name = `${place}${mark}${trade[0]}${form}${branch}`
  const renamed = c.is(0.12)
  const formerName = renamed ? `${place}${c.pick(marks)}${c.pick(marks)}${trade[0]}${form}${branch}` : name
  const founded = day(c, 1998, 2023)
  const changed = `${Math.min(2025, Number(founded.slice(0, 4)) + c.int(1, 6))}-${two(c.int(1, 12))}-${two(c.int(1, 28))}`
  const legal = `${c.zipf(surnames)}${given(c, c.is(0.6) ? '1' : '2')}`
  const address = `${city}${districtName}${c.pick(streets)}${c.int(1, 999)}号${c.is(0.5) ? `${c.int(1, 28)}层${c.int(1, 40)}室` : ''}`
  return {
    index,
    name,
    formerName,
    uscc: usccOf(index, district, c),
    registration: `${district}${String(index).padStart(8, '0')}${c.int(0, 9)}`,
    legal,
    formerLegal: c.is(0.2) ? `${c.zipf(surnames)}${given(c, '1')}` : legal,
    capital: c.pick([10, 50, 100, 200, 500, 1000, 5000]),
    founded,
    changed,
    cancelled: c.is(0.07) ? `2025-${two(c.int(1, 12))}-${two(c.int(1, 28))}` : undefined,
    trade,
    district,
    address,
    phone: phoneOf(c),
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
