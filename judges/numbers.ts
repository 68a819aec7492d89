import { type Random, seeded } from '../src/core/index.ts'
import type { Check, Step } from '../src/standard/check.ts'
import { citizenCheck, citizenCheckCharacter } from '../src/standard/checks/citizen.ts'
import { orgCheckCharacter, usccAlphabet, usccCheck, usccCheckCharacter } from '../src/standard/checks/organisation.ts'
import { codeSet, regionSpans } from '../src/standard/index.ts'
import type { Judge, Verdict } from './judge.ts'
import { askPython } from './tools.ts'

const today = '2026-11-24'
const each = 24_000
const seed = 11643

/** A kind of number on which the two differ for a reason that a standard decides. */
interface Class {
  readonly name: string
  /** What decides, and how. */
  readonly because: string
  readonly holds: (normal: string, ours: Step | undefined, theirs: string) => boolean
}

const citizenClasses: readonly Class[] = [
  {
    name: '15 digits',
    because: 'numbers of GB 11643-1989 stand in old files; GB 11643-1999 made them 18. The judge knows 18 only',
    holds: (n) => /^\d{15}$/.test(n),
  },
  {
    name: 'permanent residents (9…)',
    because: 'the foreign permanent resident card of 2023 puts 9, a province and a nationality where the region stands',
    holds: (n, ours) => n.startsWith('9') && ours === undefined,
  },
  {
    name: 'residents from Hong Kong, Macao and Taiwan (81, 82, 83)',
    because: 'the residence permit rules of 2018 give them numbers under GB 11643 with 810000, 820000, 830000',
    holds: (n, ours) => /^8[123]0000/.test(n) && ours === undefined,
  },
  {
    name: 'a region not yet or no longer in force in the year of birth',
    because:
      'GB 11643-1999: the region is that of the household at first issue, so any year of GB/T 2260 may follow birth',
    holds: (n, ours, theirs) => ours === undefined && theirs === 'InvalidComponent' && regionSpans().has(n.slice(0, 6)),
  },
  {
    name: 'born in the future, or before 1850',
    because: 'GB 11643-1999: the date is a date of birth. The judge asks only for a day of the calendar',
    holds: (n, ours, theirs) =>
      theirs === '' && (ours === 'future' || (ours === 'date' && n.slice(6, 10) < '1850' && n.slice(6, 10) > '0000')),
  },
  {
    name: 'a region that only the table of the judge knows',
    because:
      'GB/T 2260 decides, and the judge reads a table from an encyclopaedia; such codes are added to ours when an edition shows them',
    holds: (_n, ours, theirs) => ours === 'region' && theirs === '',
  },
]

const organisationClasses: readonly Class[] = [
  {
    name: 'registrar, region or organisation code inside',
    because:
      'GB 32100-2015 builds the code from them, and GB 11714 gives the inner code its own check. The judge tests the outer one',
    holds: (_n, ours, theirs) => theirs === '' && (ours === 'registrar' || ours === 'region' || ours === 'orgcode'),
  },
  {
    name: 'a letter for the registrar or the category',
    because: 'GB 32100-2015 gives letters to registrars (A, N, Y). The judge wants eight digits first',
    holds: (n, ours, theirs) => theirs === 'InvalidFormat' && /^(?:[A-Z]|\d[A-Z])/.test(n) && ours !== 'structure',
  },
]

/** What python-stdnum says of our citizen numbers and social credit codes, one by one. */
export const numbers: Judge = {
  name: 'numbers',
  program: 'python-stdnum 2.2 (stdnum.cn.ric, stdnum.cn.uscc)',
  async run() {
    const ric = spoiledAndGood(seeded(seed), citizen, '0123456789X')
    const uscc = spoiledAndGood(seeded(seed + 1), organisation, `${usccAlphabet}IOSVZ`)
    // width is no matter of these standards, and the judge folds full-width digits but not letters
    const plain = { ric: ric.map((n) => n.normalize('NFKC')), uscc: uscc.map((n) => n.normalize('NFKC')) }
    const said = await askPython<{ ric: string[]; uscc: string[] }>('codes.py', plain)
    return [
      ...compare('公民身份号码', citizenCheck, ric, said.ric, citizenClasses),
      ...compare('统一社会信用代码', usccCheck, uscc, said.uscc, organisationClasses),
    ]
  },
}

function compare(
  what: string,
  check: Check,
  asked: readonly string[],
  said: readonly string[],
  classes: readonly Class[],
): Verdict[] {
  const named = new Map(classes.map((c) => [c, 0]))
  const against: string[] = []
  let accepted = 0
  for (const [i, number] of asked.entries()) {
    const normal = check.normal(number)
    const ours = check.fails(normal, today)
    if (ours === undefined) accepted++
    if (agree(ours, said[i]!)) continue
    const known = classes.find((c) => c.holds(normal, ours, said[i]!))
    if (known) named.set(known, named.get(known)! + 1)
    else against.push(`${number}: we say ${ours ?? 'good'}, the judge says ${said[i] || 'good'}`)
  }
  const whole = { judged: `${what}: ${asked.length} numbers, ${accepted} of them good`, against }
  return [whole, ...[...named].map(([c, n]) => ({ judged: `  named: ${c.name}: ${n}. ${c.because}`, against: [] }))]
}

/** Both accept, or both refuse; and a refusal for the check character is one on both sides. */
function agree(ours: Step | undefined, theirs: string): boolean {
  if (ours === undefined || theirs === '') return ours === undefined && theirs === ''
  return ours !== 'check' || theirs === 'InvalidChecksum'
}

/** Good numbers, and what happens to numbers in files: a wrong character, two swapped, one lost, one more, other widths. */
function spoiledAndGood(chance: Random, make: (chance: Random) => string, alphabet: string): string[] {
  const letters = [...alphabet]
  const spoil: readonly ((n: string, at: number) => string)[] = [
    (n) => n,
    (n) => n,
    (n, at) => n.slice(0, at) + chance.pick(letters) + n.slice(at + 1),
    (n, at) => n.slice(0, at) + chance.pick(letters) + n.slice(at + 1),
    (n, at) => n.slice(0, at) + (n[at + 1] ?? '') + n[at] + n.slice(at + 2),
    (n, at) => n.slice(0, at) + n.slice(at + 1),
    (n, at) => n.slice(0, at) + chance.pick(letters) + n.slice(at),
    (n) => ` ${n.toLowerCase()} `,
    (n) => n.replace(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  ]
  return Array.from({ length: each }, () => {
    const number = make(chance)
    return chance.pick(spoil)(number, chance.int(0, number.length - 1))
  })
}

const digits = (chance: Random, n: number): string => Array.from({ length: n }, () => chance.int(0, 9)).join('')

function citizen(chance: Random): string {
  const regions = [...regionSpans().keys()]
  const place = chance.int(0, 19)
  const region =
    place === 0
      ? chance.pick(['810000', '820000', '830000'])
      : place === 1
        ? digits(chance, 6)
        : place === 2
          ? `9${chance.pick(regions).slice(0, 2)}${digits(chance, 3)}`
          : chance.pick(regions)
  const year = chance.chance(0.02) ? chance.int(1700, 2100) : chance.int(1900, 2026)
  const two = (n: number): string => String(n).padStart(2, '0')
  const birth = `${year}${two(chance.int(1, 12))}${two(chance.int(1, chance.chance(0.05) ? 31 : 28))}`
  const first17 = region + birth + digits(chance, 3)
  if (chance.chance(0.08)) return first17.slice(0, 6) + first17.slice(8)
  return first17 + citizenCheckCharacter(first17)
}

function organisation(chance: Random): string {
  const kinds = [...codeSet('机构类别代码').codes.keys()]
  const kind = chance.chance(0.05)
    ? chance.pick([...usccAlphabet]) + chance.pick([...usccAlphabet])
    : chance.pick(kinds)
  const region = chance.chance(0.05) ? digits(chance, 6) : chance.pick([...regionSpans().keys()])
  const subject = Array.from({ length: 8 }, () => chance.pick([...usccAlphabet])).join('')
  const inner = chance.chance(0.05) ? chance.pick([...usccAlphabet]) : orgCheckCharacter(subject)
  const first17 = kind + region + subject + inner
  return first17 + usccCheckCharacter(first17)
}
