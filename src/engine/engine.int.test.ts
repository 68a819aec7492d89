import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scratch } from '../../test/support/run.ts'
import { codePointLength, foldWidth, safeCell } from '../core/index.ts'
import {
  aggregate,
  ascending,
  call,
  cast,
  col,
  countRows,
  descending,
  type Engine,
  EngineError,
  type Expr,
  eq,
  from,
  lit,
  named,
  openEngine,
  over,
  type Session,
  stage,
  trinoDialect,
  tryCast,
  unionAll,
  values,
  when,
} from './index.ts'
import { foreignSpelling, nasty } from './testing.ts'

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

const column = (list: readonly (string | null)[]) =>
  values(
    [
      ['i', 'bigint'],
      ['v', 'text'],
    ],
    list.map((v, i) => [i, v]),
  )
const each = async (list: readonly (string | null)[], e: Expr) => {
  const plan = [
    stage(
      't',
      from(column(list))
        .select({ i: col('i'), r: e })
        .orderBy(ascending(col('i')))
        .done(),
    ),
  ]
  expect(foreignSpelling(plan)).toBeUndefined()
  return (await session.rows(plan)).map((r) => r['r'])
}

describe('names and values', () => {
  test('every nasty name is a column, every nasty value comes back', async () => {
    const table = values(
      nasty.map((n) => [n, 'text'] as const),
      [nasty],
    )
    const [row] = await session.rows([
      stage(nasty[0]!, table),
      stage(
        'out',
        from(named(nasty[0]!))
          .select(nasty.map((n) => [n, col(n)] as const))
          .done(),
      ),
    ])
    expect(Object.entries(row!)).toEqual(nasty.map((n) => [n, n]))
  })
  test('NUL is carried in a value and refused in a name', async () => {
    expect(await each(['a\0b'], col('v'))).toEqual(['a\0b'])
    expect(() => session.dialect.identifier('a\0b')).toThrowError(expect.objectContaining({ code: 'engine.bad-name' }))
  })
})

describe('functions mean what the program means', () => {
  const samples = [
    ...nasty,
    'ＡＢ１２',
    '=1+1',
    '-5',
    '-a',
    '@x',
    '（集团）',
    '110105 ',
    '\u00a0x\ufeff',
    '汉字abc',
    '',
  ]
  const oracles: readonly (readonly [string, Expr, (v: string) => unknown])[] = [
    ['length', call('length', col('v')), codePointLength],
    ['byteLength', call('byteLength', col('v')), (v) => Buffer.byteLength(v)],
    ['foldWidth', call('foldWidth', col('v')), foldWidth],
    ['trim', call('trim', col('v')), (v) => v.trim()],
    ['safeCell', call('safeCell', col('v')), safeCell],
    ['substring', call('substring', col('v'), 2, 3), (v) => [...v].slice(1, 4).join('')],
    ['position', call('position', col('v'), 'x'), (v) => [...v].indexOf('x') + 1],
    ['contains', call('contains', col('v'), 'b'), (v) => v.includes('b')],
    ['startsWith', call('startsWith', col('v'), 'a'), (v) => v.startsWith('a')],
    ['replace', call('replace', col('v'), 'x', '汉'), (v) => v.replaceAll('x', '汉')],
    ['matches', call('matches', col('v'), '[a-z]+'), (v) => /^[a-z]+$/.test(v)],
    ['finds', call('finds', col('v'), '[0-9]'), (v) => /[0-9]/.test(v)],
    ['extract', call('extract', col('v'), '([0-9]+)', 1), (v) => /[0-9]+/.exec(v)?.[0] ?? ''],
    ['replacePattern', call('replacePattern', col('v'), '[0-9]', '#'), (v) => v.replace(/[0-9]/g, '#')],
    ['concat', call('concat', col('v'), lit(null, 'text'), '!'), (v) => `${v}!`],
    ['tryCast', tryCast(col('v'), 'date'), () => null],
  ]
  test.each(oracles)('%s', async (_, e, oracle) => {
    expect(await each(samples, e)).toEqual(samples.map(oracle))
  })
  test('and for values made at random', async () => {
    const unit = fc.constantFrom('a', 'x', '0', 'Ａ', '１', '　', ' ', '汉', '𬱖', '=', '+', '-', "'", '"', '\\', '\n')
    const list = fc.sample(fc.string({ unit, maxLength: 8 }), { numRuns: 300, seed: 5 })
    for (const [name, e, oracle] of oracles.filter(([n]) => n !== 'tryCast'))
      expect(await each(list, e), name).toEqual(list.map(oracle))
  })
})

test('grouping, windows, firsts, semi-joins and shared parts give what a person would count', async () => {
  const t = values(
    [
      ['k', 'text'],
      ['n', 'bigint'],
    ],
    [
      ['a', 1],
      ['a', 3],
      ['b', 2],
      ['c', null],
    ],
  )
  const heavy = call('concat', call('upper', col('k')), call('substring', col('k'), 1, 1), '-')
  const plan = [
    stage('t', t),
    stage(
      'g',
      from(named('t'))
        .groupBy(col('k'))
        .select({
          k: col('k'),
          n: aggregate('sum', [col('n')]),
          big: countRows(call('gt', col('n'), 1)),
          last: aggregate('lastBy', [col('n'), col('n')]),
          all: aggregate('join', [cast(col('n'), 'text'), lit('+')]),
        })
        .done(),
    ),
    stage(
      'o',
      from(named('g'))
        .join('semi', named('t'), 's', call('and', eq(col('k', 's'), col('k', 't')), eq(col('n', 's'), lit(3))))
        .select({ k: col('k'), n: col('n'), big: col('big'), last: col('last'), all: col('all') })
        .done(),
    ),
  ]
  expect(foreignSpelling(plan)).toBeUndefined()
  expect(await session.rows(plan)).toEqual([{ k: 'a', n: 4, big: 1, last: 3, all: '1+3' }])
  const firsts = [
    stage('t', t),
    stage(
      'f',
      from(named('t'))
        .select({ k: col('k'), n: col('n'), r: over('rowNumber', [], [], [ascending(col('n'))]) })
        .firstOf([col('k')], [descending(col('n'))])
        .orderBy(ascending(col('k')))
        .done(),
    ),
  ]
  expect(foreignSpelling(firsts)).toBeUndefined()
  expect((await session.rows(firsts)).map((r) => [r['k'], r['n']])).toEqual([
    ['a', 3],
    ['b', 2],
    ['c', null],
  ])
  const shared = from(t)
    .where(eq(heavy, lit('Aa-')))
    .select({ x: call('concat', heavy, heavy), y: when([[eq(heavy, lit('Aa-')), lit(1)]]) })
    .done()
  expect(trinoDialect.render(shared)).toContain('"#e0"')
  expect(await session.rows(shared)).toEqual([
    { x: 'Aa-Aa-', y: 1 },
    { x: 'Aa-Aa-', y: 1 },
  ])
  expect(await session.rows(unionAll([t, t]))).toHaveLength(8)
})

test('cancelling interrupts the engine within a second and leaves it usable', async () => {
  const abort = new AbortController()
  const big = values(
    [['a', 'bigint']],
    Array.from({ length: 2500 }, (_, i) => [i]),
  )
  const plan = from(big, 'x')
    .join('cross', big, 'y')
    .join('cross', big, 'z')
    .select({
      n: aggregate('sum', [
        call('modulo', call('multiply', col('a', 'x'), col('a', 'y')), call('add', col('a', 'z'), 1)),
      ]),
    })
    .done()
  setTimeout(() => abort.abort(), 200)
  const began = performance.now()
  await expect(session.rows(plan, { signal: abort.signal })).rejects.toMatchObject({ code: 'core.cancelled' })
  expect(performance.now() - began).toBeLessThan(1500)
  expect(await session.rows(values([['a', 'bigint']], [[1]]))).toEqual([{ a: 1 }])
})

test('an engine error keeps its stage and SQL for the log, and no data in its words', async () => {
  const failing = session.rows([
    stage(
      'broken',
      from(column(['secret']))
        .select({ n: cast(col('v'), 'bigint') })
        .done(),
    ),
  ])
  const error = await failing.catch((e: unknown) => e as { code: string; words: object; cause: EngineError })
  expect(error).toMatchObject({ code: 'engine.failed' })
  const { words, cause } = error as { words: object; cause: EngineError }
  expect(cause).toBeInstanceOf(EngineError)
  expect([cause.stage, cause.sql.includes('secret'), JSON.stringify(words).includes('secret')]).toEqual([
    'broken',
    true,
    false,
  ])
})

test('files are written whole or not at all; CSV begins with a byte order mark', async () => {
  using dir = scratch()
  const good = join(dir.path, 'good.csv')
  expect(
    await session.write(
      from(column(['a"b', '1,2']))
        .select({ 值: col('v') })
        .done(),
      { format: 'csv', path: good },
    ),
  ).toBe(2)
  expect(readFileSync(good, 'utf8')).toBe('\ufeff值\n"a""b"\n"1,2"\n')
  const bad = join(dir.path, 'bad.parquet')
  await expect(
    session.write(
      from(column(['x']))
        .select({ n: cast(col('v'), 'bigint') })
        .done(),
      { format: 'parquet', path: bad },
    ),
  ).rejects.toMatchObject({ code: 'engine.failed' })
  expect([existsSync(bad), existsSync(`${bad}.part`)]).toEqual([false, false])
})
