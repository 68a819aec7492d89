import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCsv } from '../../test/support/clusters.ts'
import { scratch } from '../../test/support/run.ts'
import { ascending, col, type Engine, from, lake, openEngine, ROW, type Session, stage } from '../engine/index.ts'
import { loadFolder } from '../source/index.ts'
import { elementOf, isoDate, judge, regionValid } from '../standard/index.ts'
import { Chance } from './chance.ts'
import { looseName } from './dirt.ts'
import { enterprise } from './enterprises.ts'
import { type CityRequest, writeCity } from './index.ts'
import { person } from './people.ts'

let engine: Engine
let session: Session
beforeAll(async () => {
  engine = await openEngine({ threads: 2, memory: '1GB' })
  session = await engine.open()
})
afterAll(async () => {
  await session[Symbol.asyncDispose]()
  await engine[Symbol.asyncDispose]()
})

type Row = Readonly<Record<string, unknown>>

/** Every dataset of a folder as text: rows by their number in the file. */
async function read(folder: string, work: string): Promise<Map<string, Row[]>> {
  const { versions } = await loadFolder({ session, folder, lake: join(work, 'lake'), scratch: join(work, 'scratch') })
  const datasets = new Map<string, Row[]>()
  for (const { table } of versions) {
    const rows = from(lake(table))
      .select([ROW, ...table.columns].map((c) => [c, col(c)] as const))
      .orderBy(ascending(col(ROW)))
      .done()
    datasets.set(`${table.department}/${table.dataset}`, await session.rows([stage('rows', rows)]))
  }
  return datasets
}

describe('truth and what departments made of it', () => {
  const dir = scratch()
  afterAll(() => dir[Symbol.dispose]())
  const at = (name: string): string => join(dir.path, name)
  const city: Omit<CityRequest, 'folder'> = { people: 9000, enterprises: 600, seed: 7 }

  test('the clean records, bent as the list of errors says, are exactly the files', { timeout: 180_000 }, async () => {
    await writeCity({ ...city, folder: at('dirty'), truth: at('truth') })
    await writeCity({ ...city, folder: at('clean'), views: 'clean' })
    const dirty = await read(at('dirty'), at('work-dirty'))
    const clean = await read(at('clean'), at('work-clean'))
    expect([...dirty.keys()].sort()).toEqual([...clean.keys()].sort())
    const errors = Map.groupBy(readCsv(join(at('truth'), 'errors.csv')), (e) => `${e['department']}/${e['dataset']}`)
    expect([...errors.keys()].filter((name) => !dirty.has(name))).toEqual([])
    for (const [name, all] of dirty) {
      const own = errors.get(name) ?? []
      const surplus = new Set(own.filter((e) => e['column'] === '').map((e) => Number(e['row'])))
      const written = all.filter((row) => !surplus.has(Number(row[ROW])))
      const bent = bend(clean.get(name)!, own)
      expect(written.length, name).toBe(bent.length)
      const differing = written.flatMap((row, i) =>
        same(row, bent[i]!) ? [] : [{ name, written: row, bent: bent[i] }],
      )
      expect(differing.slice(0, 3)).toEqual([])
    }
  })

  test('every record names its entity, and every error a reason and a value that differs', () => {
    const entities = new Set(
      ['people', 'enterprises'].flatMap((f) => readCsv(join(at('truth'), `${f}.csv`)).map((r) => r['entity'])),
    )
    const records = readCsv(join(at('truth'), 'records.csv'))
    expect(records.filter((r) => !entities.has(r['entity']))).toEqual([])
    const errors = readCsv(join(at('truth'), 'errors.csv'))
    expect(errors.filter((e) => e['reason'] === '')).toEqual([])
    expect(errors.filter((e) => e['column'] !== '' && e['clean_value'] === e['dirty_value'])).toEqual([])
    for (const reason of [
      ...['letter-o', 'letter-i', 'lower-case', 'stale-region', 'spreadsheet-float', 'digits-eaten', 'fifteen-digits'],
      ...[
        'former-name',
        'no-region',
        'moved-region',
        'other-form',
        'brackets',
        'half-width',
        'traditional',
        'outdated',
      ],
      ...['short-name', 'look-or-sound-alike', 'truncated', 'mojibake', 'trailing-space', 'batch-default', 'lunar'],
      ...['swapped-digits', 'wrong-digit', 'valid-but-wrong', 'stolen-number', 'family-number', 'surplus-account'],
      ...['copied-record', 'broken-line', 'head-office-code', 'contradiction', 'missing', 'never-existed'],
    ])
      expect(
        errors.some((e) => e['reason'] === reason),
        reason,
      ).toBe(true)
  })

  test('what changed stands in the history with its days, in order', () => {
    const changes = readCsv(join(at('truth'), 'history.csv'))
    expect(new Set(changes.map((c) => c['field']))).toEqual(new Set(['name', 'phone', 'address', 'legal', 'status']))
    for (const c of changes)
      if (c['from'] !== '' && c['to'] !== '') expect(c['from']! < c['to']!, JSON.stringify(c)).toBe(true)
  })

  test('every file that can carry a label says that it is synthetic', () => {
    const label = /合成数据|synthetic/
    const text = (path: string): string => readFileSync(join(at('dirty'), path), 'latin1')
    const utf8 = (path: string): string => readFileSync(join(at('dirty'), path), 'utf8')
    for (const department of ['.', '公安局', '税务局', '民政局'])
      expect(utf8(join(department, '说明-README.txt'))).toMatch(label)
    expect(utf8('住房和城乡建设局/企业资质.json').slice(0, 200)).toMatch(label)
    for (const path of ['税务局/纳税申报.parquet', '住房和城乡建设局/施工许可.zip', '民政局/最低生活保障.xlsx'])
      expect(text(path), path).toMatch(/synthetic data/)
  })
})

/** Clean rows with the errors of a dataset applied. Broken lines, copies and surplus accounts take a number and are no clean row. */
function bend(clean: readonly Row[], errors: readonly Record<string, string>[]): Row[] {
  const byRow = Map.groupBy(errors, (e) => Number(e['row']))
  const bent: Row[] = []
  const first = Number(clean[0]?.[ROW] ?? 1)
  const waiting = [...clean].reverse()
  for (let row = first; waiting.length > 0 || byRow.has(row); row++) {
    if (byRow.get(row)?.some((e) => e['column'] === '')) continue
    const good = waiting.pop()
    if (good === undefined) break
    const cells = (byRow.get(row) ?? []).map((e) => [e['column']!, e['dirty_value'] === '' ? null : e['dirty_value']])
    bent.push({ ...good, ...Object.fromEntries(cells), [ROW]: row })
  }
  return bent
}

const same = (a: Row, b: Row): boolean =>
  Object.keys({ ...a, ...b }).every((k) => String(a[k] ?? '') === String(b[k] ?? ''))

describe('the people of the city', () => {
  const truth = { seed: 7, people: 100_000, enterprises: 20_000 }
  const people = Array.from({ length: truth.people }, (_, i) => person(truth, i))
  test('nobody shares a number with another, and every number passes', () => {
    expect(new Set(people.map((p) => p.id)).size).toBe(people.length)
    const { check } = elementOf('GMSFHM')
    expect(people.filter((p) => judge(check!, p.id, '2026-01-01').step !== undefined).slice(0, 3)).toEqual([])
  })
  test('the region of a number was in force when it was given', () => {
    const local = people.filter((p) => !/^[89]/.test(p.id))
    expect(people.length - local.length).toBeGreaterThan(100)
    const wrong = local.filter((p) => !regionValid(p.id.slice(0, 6), Math.max(1985, Number(p.birth.slice(0, 4)))))
    expect(wrong.slice(0, 3).map((p) => [p.id, p.birth])).toEqual([])
  })
  test('couples are a man and a woman of an age, children are younger than both', () => {
    for (let i = 0; i + 2 < 3000; i += 3) {
      const [a, b, child] = [people[i]!, people[i + 1]!, people[i + 2]!]
      expect([a.sex, b.sex]).toEqual(['1', '2'])
      expect(Number(child.birth.slice(0, 4)) - Number(a.birth.slice(0, 4))).toBeGreaterThanOrEqual(18)
      expect(isoDate(child.birth)).toBe(child.birth)
    }
  })
})

describe('the enterprises of the city', () => {
  const truth = { seed: 7, people: 30, enterprises: 20_000 }
  const firms = Array.from({ length: truth.enterprises }, (_, i) => enterprise(truth, i))
  test('nobody shares a code with another, and every code passes', () => {
    expect(new Set(firms.map((e) => e.uscc)).size).toBe(firms.length)
    const { check } = elementOf('TYSHXYDM')
    expect(firms.filter((e) => judge(check!, e.uscc, '2026-01-01').step !== undefined).slice(0, 3)).toEqual([])
  })
  test('15 to 25 % are hard negatives: another city, one character, a branch, a shell, a name taken up again', () => {
    const hard = firms.filter((e) => e.lookalike)
    expect(hard.length / firms.length).toBeGreaterThan(0.15)
    expect(hard.length / firms.length).toBeLessThan(0.25)
    for (const e of hard.slice(0, 500)) {
      const other = firms[e.like!]!
      if (e.lookalike === 'again') expect([e.name, other.cancelled! < e.founded]).toEqual([other.name, true])
      if (e.lookalike === 'shell') expect([e.legal, e.office]).toEqual([other.legal, other.office])
      if (e.lookalike === 'branch') expect(e.name.startsWith(other.name)).toBe(true)
    }
  })
  test('an incubator is the seat of hundreds', () => {
    const seats = Map.groupBy(firms, (e) => e.office.rest)
    expect(Math.max(...[...seats.values()].map((own) => own.length))).toBeGreaterThan(300)
  })
  test('founded ≤ changed ≤ cancelled, and no change before the founding', () => {
    for (const e of firms) {
      expect(e.founded <= e.changed && (e.cancelled === undefined || e.changed <= e.cancelled), JSON.stringify(e)).toBe(
        true,
      )
      for (const d of [e.renamed, e.legalChanged, e.moved])
        if (d !== undefined) expect(d > e.founded, JSON.stringify(e)).toBe(true)
    }
  })

  // the same three figures of 7,828 published short names of listed companies: 0.1 %, 2.4 %, 79.5 %; 77.6 % literal parts
  test('other spellings of names are as hard to match as real ones', () => {
    const aliases = firms.flatMap((e, i) => {
      const [written, reason] = looseName(new Chance(11, i, 1), e, 1)
      return reason === undefined || e.lookalike === 'branch' ? [] : [{ written, reason, name: e.name }]
    })
    const share = (list: readonly (typeof aliases)[number][], test: (a: (typeof aliases)[number]) => boolean): number =>
      list.filter(test).length / list.length
    const normal = (s: string): string => s.normalize('NFKC').replace(/\s/g, '')
    const stripped = (s: string): string =>
      normal(s)
        .replace(/^云岭市|\(云岭\)|\(集团\)|(集团|股份)?有限(责任)?公司$/g, '')
        .replace(/集团$/, '')
    const short = aliases.filter((a) => a.reason === 'short-name')
    const figures = {
      raw: share(aliases, (a) => a.written === a.name),
      normalised: share(aliases, (a) => normal(a.written) === normal(a.name)),
      stripped: share(aliases, (a) => stripped(a.written) === stripped(a.name)),
      literal: share(short, (a) => a.name.includes(a.written)),
    }
    const shown = JSON.stringify(figures)
    expect(figures.raw, shown).toBeLessThan(0.005)
    expect(Math.abs(figures.normalised - 0.024), shown).toBeLessThan(0.02)
    expect(Math.abs(figures.stripped - 0.795), shown).toBeLessThan(0.05)
    expect(Math.abs(figures.literal - 0.776), shown).toBeLessThan(0.05)
  })
})
