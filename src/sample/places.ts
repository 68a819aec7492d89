import type { Chance } from './chance.ts'
import { estates, streets } from './words.ts'

/** The invented city. Its areas stand on real codes of GB/T 2260 in the years they were in force; all names are invented. */
export const city = '云岭市'

/** A quarter of the city with the codes it has had: `[code, name, first year]`, until the next begins. */
export interface Area {
  readonly codes: readonly (readonly [code: string, name: string, since: number])[]
}
export const areas: readonly Area[] = [
  { codes: [['330102', '望江区', 1983]] },
  // merged or split in 2021, as GB/T 2260 has it
  {
    codes: [
      ['330103', '下河区', 1983],
      ['330105', '拱辰区', 2021],
    ],
  },
  {
    codes: [
      ['330104', '江东区', 1983],
      ['330114', '东沙区', 2021],
    ],
  },
  { codes: [['330105', '拱辰区', 1983]] },
  { codes: [['330106', '西溪区', 1983]] },
  {
    codes: [
      ['330106', '西溪区', 1983],
      ['330108', '滨河区', 1996],
    ],
  },
  // a county that became a city, then a district
  {
    codes: [
      ['330121', '南浦县', 1983],
      ['339005', '南浦市', 1987],
      ['330181', '南浦市', 1990],
      ['330109', '南浦区', 2001],
    ],
  },
  {
    codes: [
      ['330125', '北塘县', 1983],
      ['330184', '北塘市', 1994],
      ['330110', '北塘区', 2001],
    ],
  },
  {
    codes: [
      ['330125', '北塘县', 1983],
      ['330184', '北塘市', 1994],
      ['330110', '北塘区', 2001],
      ['330113', '临溪区', 2021],
    ],
  },
]

/** Codes of elsewhere, in use all the time since 1981. */
export const elsewhere = ['110105', '310104', '320106', '340102', '420103', '440106', '120101', '610103']

/** Code and name of an area in a year. */
export function codeIn(area: Area, year: number): readonly [code: string, name: string, since: number] {
  return area.codes.findLast(([, , since]) => since <= year) ?? area.codes[0]!
}

/** An address: where, with the words after the district, which outlive its renaming. */
export interface Place {
  readonly area: Area
  readonly rest: string
}
export const addressIn = ({ area, rest }: Place, year: number): string => `${city}${codeIn(area, year)[1]}${rest}`

export function homeOf(c: Chance): Place {
  const rest = `${c.pick(streets)}${c.int(1, 299)}号${c.pick(estates)}${c.int(1, 30)}幢${c.int(1, 4)}单元${c.int(1, 18)}0${c.int(1, 4)}室`
  return { area: c.pick(areas), rest }
}
export function officeOf(c: Chance): Place {
  const rest = `${c.pick(streets)}${c.int(1, 999)}号${c.is(0.5) ? `${c.int(1, 28)}层${c.int(1, 40)}室` : ''}`
  return { area: c.pick(areas), rest }
}
