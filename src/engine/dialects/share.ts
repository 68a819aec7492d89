import type { Expr, Order, Select } from '../plan.ts'

/**
 * Plans build large expressions of the same parts: a normal form stands twenty times inside its own check. Engines would read,
 * compare and compute every copy. Parts that occur more than once (the very same object) are computed once, in selects of
 * their own below, level by level.
 */
export interface Shared {
  readonly select: Select
  /** Innermost first: what each level adds to the columns below it. */
  readonly levels: readonly (readonly (readonly [name: string, value: Expr])[])[]
}

/** Parts smaller than this are cheaper to repeat. */
const smallest = 4

export function share(select: Select): Shared {
  if (select.joins.some((j) => j.kind !== 'semi' && j.kind !== 'anti')) return { select, levels: [] }
  const roots = rootsOf(select)
  const uses = new Map<Expr, number>()
  for (const root of roots) countUses(root, uses)
  const chosen = [...uses].filter(([e, n]) => n > 1 && worthwhile(e)).map(([e]) => e)
  if (chosen.length === 0) return { select, levels: [] }
  return hoisted(select, new Set(chosen))
}

function rootsOf(s: Select): Expr[] {
  return [...s.columns.map(([, e]) => e), ...s.groupBy, ...(s.where ? [s.where] : []), ...(s.having ? [s.having] : [])]
}

/** Every use of a part counts, but what lies inside a part is looked at once. */
function countUses(e: Expr, uses: Map<Expr, number>): void {
  const n = uses.get(e) ?? 0
  uses.set(e, n + 1)
  if (n === 0) for (const child of childrenOf(e)) countUses(child, uses)
}

function worthwhile(e: Expr): boolean {
  if (aggregates(e)) return false
  return (
    searches(e) ||
    ((e.kind === 'call' || e.kind === 'case' || e.kind === 'in' || lenient(e)) && nodes(e, smallest) >= smallest)
  )
}
/** Looking through a text is never cheap, however short it is written. */
function searches(e: Expr): boolean {
  return e.kind === 'call' && (e.fn === 'matches' || e.fn === 'finds' || e.fn === 'foldWidth' || e.fn === 'trim')
}
/** A lenient cast may be computed anywhere; a strict one could fail on records that its place protects it from. */
function lenient(e: Expr): boolean {
  return e.kind === 'cast' && e.lenient
}
function aggregates(e: Expr): boolean {
  return e.kind === 'aggregate' || e.kind === 'window' || childrenOf(e).some(aggregates)
}
function nodes(e: Expr, enough: number): number {
  let n = 1
  for (const child of childrenOf(e)) if (n < enough) n += nodes(child, enough - n)
  return n
}

function hoisted(select: Select, chosen: ReadonlySet<Expr>): Shared {
  const levelOf = new Map<Expr, number>()
  const depth = (e: Expr): number => {
    const known = levelOf.get(e)
    if (known !== undefined) return known
    const below = Math.max(0, ...childrenOf(e).map(depth))
    const own = chosen.has(e) ? below + 1 : below
    levelOf.set(e, own)
    return own
  }
  const ordered = [...chosen].map((e) => [depth(e), e] as const).sort((a, b) => a[0] - b[0])
  const names = new Map(ordered.map(([, e], i) => [e, `#e${i}`]))
  const done = new Map<Expr, Expr>()
  const inside = (e: Expr): Expr =>
    rewrite(e, (part) => (names.has(part) && part !== e ? column(names.get(part)!) : undefined), done)
  const levels: (readonly [string, Expr])[][] = []
  for (const [level, e] of ordered) {
    levels[level - 1] ??= []
    levels[level - 1]!.push([names.get(e)!, inside(e)])
  }
  const outer = (e: Expr): Expr => (names.has(e) ? column(names.get(e)!) : inside(e))
  return { levels, select: replaceRoots(select, outer) }
}

const column = (name: string): Expr => ({ kind: 'column', name })

function replaceRoots(s: Select, by: (e: Expr) => Expr): Select {
  return {
    ...s,
    columns: s.columns.map(([name, e]) => [name, by(e)] as const),
    groupBy: s.groupBy.map(by),
    ...(s.where ? { where: by(s.where) } : {}),
    ...(s.having ? { having: by(s.having) } : {}),
  }
}

function childrenOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'column':
    case 'literal':
      return []
    case 'call':
      return e.args
    case 'case':
      return [...e.when.flat(), ...(e.otherwise ? [e.otherwise] : [])]
    case 'cast':
    case 'in':
      return [e.value]
    case 'aggregate':
      return [...e.args, ...(e.where ? [e.where] : [])]
    case 'window':
      return [...e.args, ...e.partitionBy, ...e.orderBy.map((o) => o.by)]
  }
}

/** The expression with parts replaced from the outside in; what was rewritten once is not rewritten again. */
function rewrite(e: Expr, replace: (part: Expr) => Expr | undefined, done: Map<Expr, Expr>): Expr {
  const replaced = replace(e)
  if (replaced !== undefined) return replaced
  const known = done.get(e)
  if (known !== undefined) return known
  const inner = (part: Expr): Expr => rewrite(part, replace, done)
  const order = (o: Order): Order => ({ ...o, by: inner(o.by) })
  const made = rebuilt(e, inner, order)
  done.set(e, made)
  return made
}

function rebuilt(e: Expr, inner: (part: Expr) => Expr, order: (o: Order) => Order): Expr {
  switch (e.kind) {
    case 'column':
    case 'literal':
      return e
    case 'call':
      return { ...e, args: e.args.map(inner) }
    case 'case':
      return {
        ...e,
        when: e.when.map(([a, b]) => [inner(a), inner(b)] as const),
        ...(e.otherwise ? { otherwise: inner(e.otherwise) } : {}),
      }
    case 'cast':
      return { ...e, value: inner(e.value) }
    case 'in':
      return { ...e, value: inner(e.value) }
    case 'aggregate':
      return { ...e, args: e.args.map(inner), ...(e.where ? { where: inner(e.where) } : {}) }
    case 'window':
      return { ...e, args: e.args.map(inner), partitionBy: e.partitionBy.map(inner), orderBy: e.orderBy.map(order) }
  }
}
