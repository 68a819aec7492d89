import { trinoDialect } from './dialects/trino/index.ts'
import type { Relation, Stage } from './plan.ts'
import type { Engine, Row, Session } from './session.ts'

/** Names and values that have broken other programs. Every engine must carry them there and back. */
export const nasty: readonly string[] = [
  'a"b',
  "o'x",
  '𬱖',
  '列\n名',
  'x;--',
  '../x',
  'con',
  ' ',
  '　全角　',
  'a\\b',
  '%s',
  '\u0024{x}',
  'SELECT',
  '😀',
  'é',
  '\t',
  "'; DROP TABLE x; --",
  'x'.repeat(65_536),
]

/** What a plan must not hold when rendered for an engine that lacks it: spellings of DuckDB alone, byte-wise string distance. */
const foreign =
  /\bQUALIFY\b|read_parquet|read_csv|list_|unnest\(|jaro|levenshtein|damerau|jaccard|datong_|file_row_number|FILTER \(|regexp_matches|regexp_full_match|NOT MATERIALIZED/

/** Quoted names and text values: what stands in them comes from outside and says nothing of the spelling. */
const quoted = /"(?:[^"]|"")*"|'(?:[^']|'')*'/g

/** Renders a plan for the second dialect and gives the first spelling it should not have used; undefined when there is none. */
export function foreignSpelling(plan: readonly Stage[] | Relation): string | undefined {
  return foreign.exec(trinoDialect.render(plan).replace(quoted, ''))?.[0]
}

/** A plan that a session was asked to run, and what came of it. */
export interface Asked {
  /** The table it was kept as; empty when its rows were read or written. */
  readonly name: string
  /** The Parquet file its rows were written to. */
  readonly path?: string
  readonly plan: readonly Stage[] | Relation
  readonly rows: readonly Row[]
}

/** The same engine, which notes every plan and its rows. */
export function recording(engine: Engine, asked: Asked[]): Engine {
  return {
    open: async () => recordingSession(await engine.open(), asked),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  }
}

function recordingSession(session: Session, asked: Asked[]): Session {
  const note = (plan: Asked['plan'], rows: readonly Row[], name = ''): void => void asked.push({ name, plan, rows })
  return {
    dialect: session.dialect,
    async keep(stages, watch) {
      for (const { name, relation } of stages) {
        await session.keep([{ name, relation }], watch)
        note(relation, await session.rows({ kind: 'named', name }), name)
      }
    },
    async rows(plan, watch) {
      const rows = await session.rows(plan, watch)
      note(plan, rows)
      return rows as never
    },
    async *stream(plan, watch) {
      const rows: Row[] = []
      for await (const batch of session.stream(plan, watch)) {
        rows.push(...batch)
        yield batch as never
      }
      note(plan, rows)
    },
    async write(plan, target, watch) {
      const path = target.format === 'parquet' ? { path: target.path } : {}
      asked.push({ name: '', plan, rows: await session.rows(plan), ...path })
      return session.write(plan, target, watch)
    },
    load: (input, target, watch) => session.load(input, target, watch),
    describeParquet: (path) => session.describeParquet(path),
    drop: (names) => session.drop(names),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  }
}

/** Every relation inside a plan, the plan itself included. */
export function relationsOf(plan: readonly Stage[] | Relation): Relation[] {
  if (Array.isArray(plan)) return (plan as readonly Stage[]).flatMap((s) => relationsOf(s.relation))
  const relation = plan as Relation
  if (relation.kind === 'unionAll') return [relation, ...relation.parts.flatMap(relationsOf)]
  if (relation.kind !== 'select') return [relation]
  const inside = [relation.from, ...relation.joins.map((j) => j.source)]
  return [relation, ...inside.flatMap((source) => relationsOf(source.relation))]
}
