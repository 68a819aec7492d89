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

/** Groups names that agree, directly or through others. The group of most records comes first; ties go by name. */
export function groupNames(
  names: readonly { readonly name: string; readonly count: number }[],
): ReadonlyMap<string, number> {
  const sorted = [...names].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  const leaders: string[][] = []
  for (const { name } of sorted) {
    const joined = leaders.filter((group) => group.some((other) => personNamesAgree(name, other)))
    if (joined.length === 0) leaders.push([name])
    else {
      joined[0]!.push(name, ...joined.slice(1).flat())
      for (const group of joined.slice(1)) leaders.splice(leaders.indexOf(group), 1)
    }
  }
  return new Map(leaders.flatMap((group, i) => group.map((name) => [name, i] as const)))
}
