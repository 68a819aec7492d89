import { pinyin } from 'pinyin-pro'

/** Do two normal names of people speak of one person? Equal, one character apart, same sound, cut short, or rare characters lost. */
export function personNamesAgree(a: string, b: string): boolean {
  if (a === b) return true
  const [x, y] = [[...a], [...b]]
  if (x.length === y.length)
    return x.length >= 2 && (x.filter((c, i) => c !== y[i]).length <= (x.length > 2 ? 1 : 0) || lost(x, y))
      ? true
      : sound(a) === sound(b)
  const [short, long] = x.length < y.length ? [a, b] : [b, a]
  return ([...short].length >= 2 && long.startsWith(short)) || sound(a) === sound(b)
}

/** ? or * or the replacement sign stands for a character that could not be written. */
function lost(x: readonly string[], y: readonly string[]): boolean {
  return x.every((c, i) => c === y[i] || '?*□\ufffd'.includes(c) || '?*□\ufffd'.includes(y[i]!))
}

function sound(name: string): string {
  return /[a-z]/i.test(name) && !/\p{Script=Han}/u.test(name)
    ? name.toLowerCase().replace(/[^a-z]/g, '')
    : pinyin(name, { toneType: 'none', type: 'array', surname: 'head' }).join('').toLowerCase()
}

/** A name that stands under a number, in how many records. */
export interface NameUnder {
  readonly name: string
  readonly count: number
  /** Every record under the name has a birth or a sex that is not what the number says. */
  readonly doubted?: boolean
}

/**
 * Groups names that agree, directly or through others. The group of most records comes first; ties go by name. A doubted name
 * joins no name that is not: a brother's number, a brother's surname, another birth.
 */
export function groupNames(names: readonly NameUnder[]): ReadonlyMap<string, number> {
  const sorted = [...names].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  const agree = (a: NameUnder, b: NameUnder): boolean =>
    (a.doubted ?? false) === (b.doubted ?? false) && personNamesAgree(a.name, b.name)
  const groups: NameUnder[][] = []
  for (const name of sorted) {
    const joined = groups.filter((group) => group.some((other) => agree(name, other)))
    if (joined.length === 0) groups.push([name])
    else {
      joined[0]!.push(name, ...joined.slice(1).flat())
      for (const group of joined.slice(1)) groups.splice(groups.indexOf(group), 1)
    }
  }
  return new Map(groups.flatMap((group, i) => group.map(({ name }) => [name, i] as const)))
}
