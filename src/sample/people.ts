import { citizenCheckCharacter } from '../standard/index.ts'
import { Chance } from './chance.ts'
import { type Area, areas, codeIn, elsewhere, homeOf, type Place } from './places.ts'
import { type TrueCity, today } from './truth.ts'
import { ethnic, foreign, givenMen, givenWomen, minority, surnames } from './words.ts'

/** A person as they truly are. Everything follows from seed and index. Dates are YYYY-MM-DD; a change undefined never happened. */
export interface Person {
  readonly index: number
  readonly household: number
  readonly name: string
  /** 曾用名 until `renamed`. */
  readonly formerName: string
  readonly renamed: string | undefined
  readonly id: string
  readonly sex: '1' | '2'
  readonly birth: string
  readonly ethnic: readonly [code: string, name: string]
  readonly phone: string
  readonly formerPhone: string
  readonly phoneChanged: string | undefined
  readonly home: Place
  readonly formerHome: Place
  readonly moved: string | undefined
}

/** Households of three: a couple and a child. */
export const householdSize = 3

/** What members of a household share. */
interface Household {
  readonly surname: string
  readonly home: Place
  readonly formerHome: Place
  readonly moved: string | undefined
  readonly phone: string
  readonly group: readonly [string, string]
  readonly slot: number
}

function household(truth: TrueCity, index: number): Household {
  const c = new Chance(truth.seed, index, 2)
  const group = c.is(0.92) ? ethnic[0]! : c.pick(ethnic)
  const home = homeOf(c)
  const moved = c.is(0.15) ? day(c, 2012, 2025) : undefined
  return {
    surname: c.zipf(surnames),
    home,
    formerHome: moved === undefined ? home : homeOf(c),
    moved,
    phone: phoneOf(c),
    group,
    slot: (index * slotStep + (truth.seed >>> 0)) % slots,
  }
}

// No two people may have one number: birth and sequence are a walk through all days and sequences that meets each once.
const firstYear = 1936
const years = 48
const days = 336
const sequences = 248
const slots = years * days * sequences
/** A prime that does not divide `slots`, so that the walk is a permutation of them. */
const slotStep = 2_750_159

const two = (n: number): string => String(n).padStart(2, '0')
export const day = (c: Chance, from: number, to: number): string =>
  `${c.int(from, to)}-${two(c.int(1, 12))}-${two(c.int(1, 28))}`

export function person(truth: TrueCity, index: number): Person {
  const c = new Chance(truth.seed, index, 1)
  const number = Math.floor(index / householdSize)
  const member = index % householdSize
  const h = household(truth, number)
  const sex = member === 0 ? '1' : member === 1 ? '2' : c.is(0.5) ? '1' : '2'
  const { birth, sequence } = born(h.slot, member, sex)
  const from = c.is(0.007) ? c.pick(outsiders) : undefined
  const region = from?.region ?? issueRegion(c, Math.max(1985, Number(birth.slice(0, 4))))
  const first17 = region + birth.replaceAll('-', '') + sequence
  const surname = member === 1 ? c.zipf(surnames) : h.surname
  const name = from?.name
    ? `${c.pick(foreign)}·${c.pick(foreign)}`
    : h.group[0] === '05'
      ? `${c.pick(minority)}·${c.pick(minority)}`
      : surname + given(c, sex)
  const renamed = c.is(0.012) ? day(c, 2016, 2024) : undefined
  const phoneChanged = c.is(0.2) ? day(c, 2019, 2025) : undefined
  const phone = c.is(0.12) ? h.phone : phoneOf(c)
  return {
    index,
    household: number,
    name,
    formerName: renamed === undefined ? name : surname + given(c, sex),
    renamed,
    id: first17 + citizenCheckCharacter(first17),
    sex,
    birth,
    ethnic: h.group,
    phone,
    formerPhone: phoneChanged === undefined ? phone : phoneOf(c),
    phoneChanged,
    home: h.home,
    formerHome: h.formerHome,
    moved: h.moved,
  }
}

/** Residents from Hong Kong, Macao and Taiwan (81, 82, 83) and foreign permanent residents: 9, province, nationality (GB/T 2659). */
const outsiders: readonly { readonly region: string; readonly name?: 'foreign' }[] = [
  { region: '810000' },
  { region: '820000' },
  { region: '830000' },
  { region: '933840', name: 'foreign' },
  { region: '933392', name: 'foreign' },
  { region: '931826', name: 'foreign' },
]

/** Birth and sequence of a member. Children take the upper half of the sequences, so that they never meet a parent's number. */
function born(slot: number, member: number, sex: '1' | '2'): { birth: string; sequence: string } {
  const dayAt = Math.floor(slot / years) % days
  const at = Math.floor(slot / years / days)
  const father = firstYear + (slot % years)
  const mother = father + (slot % 9) - 4
  const year = [father, mother, mother + 22 + (slot % 14)][member]!
  const sequence = (at + (member === 2 ? sequences : 0)) * 2 + (sex === '1' ? 1 : 0)
  return {
    birth: `${year}-${two(1 + Math.floor(dayAt / 28))}-${two(1 + (dayAt % 28))}`,
    sequence: String(sequence).padStart(3, '0'),
  }
}

/** The code in force when the number was given: at birth, or when numbers began. */
function issueRegion(c: Chance, year: number): string {
  return c.is(0.75) ? codeIn(c.pick<Area>(areas), year)[0] : c.pick(elsewhere)
}
export function given(c: Chance, sex: '1' | '2'): string {
  const pool = sex === '1' ? givenMen : givenWomen
  return c.is(0.8) ? c.pick(pool) + c.pick(pool) : c.pick(pool)
}
export function phoneOf(c: Chance): string {
  return `1${c.pick(['38', '39', '58', '59', '77', '86', '99'])}${String(c.int(0, 99_999_999)).padStart(8, '0')}`
}

/** Their values on a day. */
export const nameOn = (p: Person, date: string = today): string =>
  p.renamed !== undefined && date < p.renamed ? p.formerName : p.name
export const phoneOn = (p: Person, date: string = today): string =>
  p.phoneChanged !== undefined && date < p.phoneChanged ? p.formerPhone : p.phone
export const homeOn = (p: Person, date: string = today): Place =>
  p.moved !== undefined && date < p.moved ? p.formerHome : p.home
