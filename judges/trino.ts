import { openSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import {
  type Expr,
  lake,
  type LakeTable,
  openEngine,
  parquet,
  ROW,
  type Row,
  type Session,
  trinoDialect,
} from '../src/engine/index.ts'
import { type Asked, relationsOf } from '../src/engine/testing.ts'
import { recordPlans } from '../test/support/plans.ts'
import { scratchFolder } from './fixture.ts'
import { type Judge, mustRefuse, type Verdict } from './judge.ts'
import { startJava } from './tools.ts'

interface Answer {
  readonly refused?: string
  readonly columns?: readonly string[]
  readonly rows?: readonly (readonly (string | null)[])[]
}
interface Trino extends AsyncDisposable {
  ask(sql: string, parse?: boolean): Promise<Answer>
}

/** The departments whose data Trino computes too: the others' plans are of the same kinds. */
const computed = ['公安局', '市场监督管理局', '税务局']

/**
 * Trino reads every statement that the second dialect renders for a whole run and its server, and computes one of each kind of
 * a smaller city: each stage must hold the very rows that DuckDB got.
 */
export const trino: Judge = {
  name: 'trino',
  program: 'Trino 476 (parser, analyzer and engine in one process)',
  async run() {
    await using server = await startTrino()
    const whole = await recordPlans(scratchFolder('plans'))
    const small = await recordPlans(scratchFolder('plans-small'), { departments: computed })
    return [
      await parsed(server, [...whole.govern, ...whole.serve]),
      mustRefuse(
        'a statement',
        (await server.ask('SELECT 1 QUALIFY row_number() OVER () = 1', true)).refused !== undefined,
      ),
      ...(await computedAlike(server, oneOfEachKind([...small.govern, ...small.serve]))),
    ]
  },
}

/** One statement of each kind, whatever names and values it holds, and the statements that made the tables it reads. */
function oneOfEachKind(asked: readonly Asked[]): Asked[] {
  const kindOf = ({ name, plan }: Asked): string => `${name === ''} ${shapeOf(plan)}`
  const first = new Map(asked.map((one, i) => [kindOf(one), i] as const).reverse())
  const chosen = new Set(first.values())
  const madeBefore = (name: string, at: number): number => asked.slice(0, at).findLastIndex((a) => a.name === name)
  for (let at = asked.length - 1; at >= 0; at--) {
    if (!chosen.has(at)) continue
    for (const relation of relationsOf(asked[at]!.plan))
      if (relation.kind === 'named') chosen.add(madeBefore(relation.name, at))
  }
  // files that are read back stand for themselves
  return asked.filter((one, at) => chosen.has(at) || one.path !== undefined)
}

const shapes = new WeakMap<object, string>()
const telling = new Set(['kind', 'fn', 'to', 'type', 'lenient', 'descending', 'nullsFirst', 'distinct'])

/** A plan without its names, values and repetitions. Patterns stay: engines differ in what they read in them. */
function shapeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return typeof value
  const known = shapes.get(value)
  if (known !== undefined) return known
  const shape = Array.isArray(value)
    ? `[${[...new Set(value.map(shapeOf))].join(' ')}]`
    : Object.entries(value)
        .map(([key, part]) => `${key}:${telling.has(key) ? String(part) : shapeOf(part)}`)
        .join(' ') + patternOf(value as Expr)
  shapes.set(value, shape)
  return shape
}
function patternOf(expr: Expr): string {
  if (expr.kind !== 'call' || !/^(matches|finds|extract|replacePattern)$/.test(expr.fn)) return ''
  const pattern = expr.args[1]!
  return pattern.kind === 'literal' ? ` ${String(pattern.value)}` : ''
}

async function startTrino(): Promise<Trino> {
  const log = scratchFolder('trino.log')
  const child = await startJava(openSync(log, 'w'))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return {
    async ask(sql, parse = false) {
      child.stdin!.write(`${JSON.stringify({ sql, parse })}\n`)
      const line = await lines.next()
      if (line.done) throw new Error(`Trino has ended; the statement was ${sql.slice(0, 300)}`)
      return JSON.parse(line.value) as Answer
    },
    async [Symbol.asyncDispose]() {
      child.stdin!.end()
      await ended
      rmSync(log, { force: true })
    },
  }
}

const quoted = trinoDialect.identifier
const results = (path: string): string => `lake.results.${quoted(path)}`
/** The table that a kept stage or a written file is in Trino; undefined when rows were only read. */
const tableOf = ({ name, path }: Asked): string | undefined =>
  path !== undefined ? results(path) : name === '' ? undefined : quoted(name)
const statementOf = (asked: Asked): string =>
  (tableOf(asked) ? `CREATE TABLE ${tableOf(asked)} AS ` : '') + trinoDialect.render(asked.plan)

async function parsed(server: Trino, asked: readonly Asked[]): Promise<Verdict> {
  const against: string[] = []
  for (const one of asked) {
    const { refused } = await server.ask(statementOf(one), true)
    if (refused !== undefined) against.push(`${refused}\n${statementOf(one).slice(0, 2000)}`)
  }
  return { judged: `${asked.length} statements of a governed city and its server are Trino's SQL`, against }
}

async function computedAlike(server: Trino, asked: readonly Asked[]): Promise<Verdict[]> {
  await using engine = await openEngine({ threads: 1, memory: '512MB' })
  await using session = await engine.open()
  await fill(server, session, asked)
  const against: string[] = []
  let rows = 0
  for (const one of asked) {
    const complaint = await compared(server, one)
    if (complaint !== undefined) against.push(`${complaint}\n${statementOf(one).slice(0, 2000)}`)
    rows += one.rows.length
  }
  const largest = asked.reduce((a, b) => (b.rows.length > a.rows.length && !tableOf(b) ? b : a))
  const changed = {
    ...largest,
    rows: [...largest.rows.slice(1), { ...largest.rows[0], [Object.keys(largest.rows[0]!)[0]!]: 'x' }],
  }
  return [
    { judged: `${asked.length} statements give the ${rows} rows in Trino that they give in DuckDB`, against },
    mustRefuse('a row', (await compared(server, changed)) !== undefined),
  ]
}

/** The lake's tables and the results that plans read, as tables of Trino. */
async function fill(server: Trino, session: Session, asked: readonly Asked[]): Promise<void> {
  const relations = asked.flatMap(({ plan }) => relationsOf(plan))
  const tables = new Map(relations.flatMap((r) => (r.kind === 'lake' ? [[place(r.table), r.table]] : [])))
  const written = new Set(asked.map(({ path }) => path))
  const paths = new Set(relations.flatMap((r) => (r.kind === 'parquet' ? r.paths.filter((p) => !written.has(p)) : [])))
  const schemas = new Set([...tables.values()].map((t) => t.department))
  for (const schema of ['session', 'results', ...schemas]) await must(server, `CREATE SCHEMA lake.${quoted(schema)}`)
  for (const [name, table] of tables) {
    const columns = [...table.columns.map((c) => [c, 'VARCHAR'] as const), [ROW, 'BIGINT'] as const]
    await makeTable(server, name, columns, await session.rows(lake(table)))
  }
  for (const path of paths) {
    const columns = (await session.describeParquet(path)).map((c) => [c.name, c.type] as const)
    await makeTable(server, results(path), columns, await session.rows(parquet([path])))
  }
}

const place = (t: LakeTable): string => `lake.${quoted(t.department)}.${quoted(`${t.dataset}@${t.version}`)}`

async function makeTable(
  server: Trino,
  name: string,
  columns: readonly (readonly [name: string, type: string])[],
  rows: readonly Row[],
): Promise<void> {
  await must(server, `CREATE TABLE ${name} (${columns.map(([c, type]) => `${quoted(c)} ${type}`).join(', ')})`)
  for (let at = 0; at < rows.length; at += 400) {
    const tuples = rows.slice(at, at + 400).map((row) => `(${columns.map(([c]) => literal(row[c]!)).join(', ')})`)
    await must(server, `INSERT INTO ${name} VALUES ${tuples.join(', ')}`)
  }
}

const literal = (value: Row[string]): string => (typeof value === 'string' ? trinoDialect.text(value) : String(value))

async function must(server: Trino, sql: string): Promise<Answer> {
  const answer = await server.ask(sql)
  if (answer.refused !== undefined) throw new Error(`${answer.refused}: ${sql.slice(0, 500)}`)
  return answer
}

/** Why Trino's rows are not DuckDB's; undefined when they are. Order counts nowhere but where a plan asks for it. */
async function compared(server: Trino, asked: Asked): Promise<string | undefined> {
  const { rows } = asked
  const table = tableOf(asked)
  if (table) await must(server, `DROP TABLE IF EXISTS ${table}`)
  const made = await server.ask(statementOf(asked))
  const answer = !table || made.refused ? made : await server.ask(`SELECT * FROM ${table}`)
  if (answer.refused !== undefined) return answer.refused
  const columns = Object.keys(rows[0] ?? {})
  // Trino writes names of columns in lower case
  const at = columns.map((c) => answer.columns!.findIndex((other) => other.toLowerCase() === c.toLowerCase()))
  const ours = rows.map((row) => JSON.stringify(columns.map((c) => plain(row[c]!)))).sort()
  const theirs = answer.rows!.map((row) => JSON.stringify(at.map((i) => plain(row[i] ?? null)))).sort()
  if (ours.length !== theirs.length) return `${ours.length} rows in DuckDB, ${theirs.length} in Trino`
  const differs = ours.findIndex((row, i) => row !== theirs[i])
  return differs < 0 ? undefined : `DuckDB ${ours[differs]}\nTrino  ${theirs[differs]}`
}

/** A number is the same however it is written: 1.0E-4 and 0.0001. */
function plain(value: Row[string]): string | null {
  if (value === null) return null
  const text = String(value)
  return /^-?\d+(\.\d+)?E-?\d+$|^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text
}
