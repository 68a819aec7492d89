import { fault } from '../../core/index.ts'
import type { Dialect } from '../dialect.ts'
import type { Expr, Join, Order, Relation, Select, Source, Stage } from '../plan.ts'
import { type Shared, share } from './share.ts'
import type { Spelling } from './spelling.ts'

/** A dialect from its spelling: walks plans, asks the spelling for words. */
export function dialectOf(spelling: Spelling): Dialect {
  const renderer = new Renderer(spelling)
  return {
    name: spelling.name,
    can: spelling.can,
    identifier: quote,
    text: (value) => spelling.text(value),
    render: (stages) => renderer.statement(stages),
  }
}

/** Quotes a name as the SQL standard says; the same for every engine we know. */
export function quote(name: string): string {
  if (name.includes('\0')) throw fault('engine.bad-name')
  return `"${name.replaceAll('"', '""')}"`
}

class Renderer {
  readonly #s: Spelling
  constructor(spelling: Spelling) {
    this.#s = spelling
  }

  statement(plan: readonly Stage[] | Relation): string {
    if (!Array.isArray(plan)) return this.relation(plan as Relation)
    const stages = plan as readonly Stage[]
    const last = stages.at(-1)!
    const earlier = stages.slice(0, -1)
    if (earlier.length === 0) return this.relation(last.relation)
    const parts = earlier.map((s) => `${quote(s.name)} AS ${this.#s.inlineCte}(${this.relation(s.relation)})`)
    return `WITH ${parts.join(',\n')}\n${this.relation(last.relation)}`
  }

  relation(relation: Relation): string {
    switch (relation.kind) {
      case 'lake':
        return this.#s.lake(relation.table, quote)
      case 'named':
        return `SELECT * FROM ${quote(relation.name)}`
      case 'parquet':
        return this.#s.parquet(relation.paths, quote)
      case 'values':
        return this.values(relation)
      case 'unionAll':
        return relation.parts.map((part) => `(${this.relation(part)})`).join(' UNION ALL ')
      case 'select':
        return relation.firstOf && !this.#s.can.qualify ? this.firstWithoutQualify(relation) : this.select(relation)
    }
  }

  private values(relation: Extract<Relation, { kind: 'values' }>): string {
    const typed = relation.columns.map(
      ([name, type]) => `CAST(${quote(name)} AS ${this.#s.types[type]}) AS ${quote(name)}`,
    )
    const names = relation.columns.map(([name]) => quote(name)).join(', ')
    const rows = relation.rows.length > 0 ? relation.rows : [relation.columns.map(() => null)]
    const tuples = rows.map((row) => `(${row.map((v) => this.literal(v)).join(', ')})`).join(', ')
    const none = relation.rows.length === 0 ? ' WHERE FALSE' : ''
    return `SELECT ${typed.join(', ')} FROM (VALUES ${tuples}) AS v(${names})${none}`
  }

  private select(plan: Select): string {
    const { select: s, levels } = share(plan)
    const semi = s.joins.filter((j) => j.kind === 'semi' || j.kind === 'anti').map((j) => this.exists(j))
    const where = [...(s.where ? [this.expr(s.where)] : []), ...semi]
    const columns = s.columns.map(([name, value]) => `${this.expr(value)} AS ${quote(name)}`).join(', ') || '*'
    return [
      `SELECT ${s.distinct ? 'DISTINCT ' : ''}${columns}`,
      `FROM ${this.shared(s.from, levels)}`,
      ...s.joins.filter((j) => j.kind !== 'semi' && j.kind !== 'anti').map((j) => this.join(j)),
      ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
      ...(s.groupBy.length > 0 ? [`GROUP BY ${s.groupBy.map((e) => this.expr(e)).join(', ')}`] : []),
      ...(s.having ? [`HAVING ${this.expr(s.having)}`] : []),
      ...(s.firstOf ? [`QUALIFY ${this.first(s.firstOf)} = 1`] : []),
      ...(s.orderBy.length > 0 ? [`ORDER BY ${s.orderBy.map((o) => this.order(o)).join(', ')}`] : []),
      ...(s.limit === undefined ? [] : [`LIMIT ${s.limit}`]),
    ].join(' ')
  }

  private first(firstOf: NonNullable<Select['firstOf']>): string {
    return `row_number() OVER (${this.overClause(firstOf.per, firstOf.order)})`
  }

  /** Numbers the rows inside, keeps the first outside; the number's own column does not leave. */
  private firstWithoutQualify(s: Select): string {
    const { firstOf, orderBy, limit, ...rest } = s
    const inner = this.select({
      ...rest,
      orderBy: [],
      columns: [...s.columns, ['#first', { kind: 'column', name: '#first' }]],
    })
    const numbered = inner.replace(
      `${quote('#first')} AS ${quote('#first')}`,
      `${this.first(firstOf!)} AS ${quote('#first')}`,
    )
    return this.select({
      kind: 'select',
      from: { relation: { kind: 'named', name: '#numbered' }, as: 'n' },
      joins: [],
      where: {
        kind: 'call',
        fn: 'eq',
        args: [
          { kind: 'column', name: '#first' },
          { kind: 'literal', value: 1 },
        ],
      },
      groupBy: [],
      columns: s.columns.map(([name]) => [name, { kind: 'column', name }] as const),
      orderBy: orderBy.map((o) => ({ ...o, by: unqualified(o.by) })),
      ...(limit === undefined ? {} : { limit }),
    }).replace(quote('#numbered'), `(${numbered})`)
  }

  private source({ relation, as }: Source): string {
    return relation.kind === 'named'
      ? `${quote(relation.name)} AS ${quote(as)}`
      : `(${this.relation(relation)}) AS ${quote(as)}`
  }

  /** The source with the shared parts added as columns, level by level, under its own name. */
  private shared(source: Source, levels: Shared['levels']): string {
    return levels.reduce((below, level) => {
      const added = level.map(([name, value]) => `${this.expr(value)} AS ${quote(name)}`)
      return `(SELECT *, ${added.join(', ')} FROM ${below}) AS ${quote(source.as)}`
    }, this.source(source))
  }

  private join(j: Join): string {
    const words = { inner: 'JOIN', left: 'LEFT JOIN', full: 'FULL JOIN', cross: 'CROSS JOIN', semi: '', anti: '' }[
      j.kind
    ]
    return `${words} ${this.source(j.source)}${j.on ? ` ON ${this.expr(j.on)}` : ''}`
  }

  private exists(j: Join): string {
    const found = `EXISTS (SELECT 1 FROM ${this.source(j.source)} WHERE ${j.on ? this.expr(j.on) : 'TRUE'})`
    return j.kind === 'semi' ? found : `NOT ${found}`
  }

  private order(o: Order): string {
    return `${this.expr(o.by)} ${o.descending ? 'DESC' : 'ASC'} NULLS ${o.nullsFirst ? 'FIRST' : 'LAST'}`
  }

  private overClause(partitionBy: readonly Expr[], orderBy: readonly Order[]): string {
    const partition = partitionBy.length > 0 ? `PARTITION BY ${partitionBy.map((e) => this.expr(e)).join(', ')}` : ''
    const order = orderBy.length > 0 ? `ORDER BY ${orderBy.map((o) => this.order(o)).join(', ')}` : ''
    return [partition, order].filter(Boolean).join(' ')
  }

  expr(e: Expr): string {
    switch (e.kind) {
      case 'column':
        return e.of === undefined ? quote(e.name) : `${quote(e.of)}.${quote(e.name)}`
      case 'literal':
        return e.type === undefined
          ? this.literal(e.value)
          : `CAST(${this.literal(e.value)} AS ${this.#s.types[e.type]})`
      case 'call':
        return this.#s.scalars[e.fn](...e.args.map((a) => this.expr(a)))
      case 'case': {
        const pairs = e.when.map(([condition, then]) => `WHEN ${this.expr(condition)} THEN ${this.expr(then)}`)
        return `CASE ${pairs.join(' ')}${e.otherwise ? ` ELSE ${this.expr(e.otherwise)}` : ''} END`
      }
      case 'cast':
        return `${e.lenient ? 'TRY_CAST' : 'CAST'}(${this.expr(e.value)} AS ${this.#s.types[e.to]})`
      case 'in':
        return e.values.length === 0
          ? 'FALSE'
          : `(${this.expr(e.value)} IN (${e.values.map((v) => this.literal(v)).join(', ')}))`
      case 'aggregate':
        return this.aggregate(e)
      case 'window':
        return this.window(e)
    }
  }

  private aggregate(e: Extract<Expr, { kind: 'aggregate' }>): string {
    const spell = this.#s.aggregates[e.fn]
    const args = e.args.map((a) => this.expr(a))
    if (e.where === undefined) return spell(...args)
    const condition = this.expr(e.where)
    if (this.#s.can.aggregateFilter && e.fn !== 'sum') return `${spell(...args)} FILTER (WHERE ${condition})`
    if (e.args.length === 0) return `count(CASE WHEN ${condition} THEN 1 END)`
    return spell(`CASE WHEN ${condition} THEN ${args[0]} END`, ...args.slice(1))
  }

  private window(e: Extract<Expr, { kind: 'window' }>): string {
    const args = e.args.map((a) => this.expr(a))
    const { windows, aggregates } = this.#s
    const spelled =
      e.fn in windows
        ? windows[e.fn as keyof typeof windows](...args)
        : aggregates[e.fn as keyof typeof aggregates](...args)
    return `${spelled} OVER (${this.overClause(e.partitionBy, e.orderBy)})`
  }

  private literal(value: string | number | bigint | boolean | null): string {
    if (value === null) return 'NULL'
    if (typeof value === 'string') return this.#s.text(value)
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
    return String(value)
  }
}

/** A column of an inner select seen from outside has lost its table's name. */
function unqualified(e: Expr): Expr {
  return e.kind === 'column' ? { kind: 'column', name: e.name } : e
}
