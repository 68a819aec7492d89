import { readFileSync } from 'node:fs'

/** A record with the entity it was given and the one it truly speaks of. */
export interface Placed {
  readonly said: string
  readonly truth: string
}
export interface Agreement {
  readonly precision: number
  readonly recall: number
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2

/** Of all pairs said to be one, how many are; of all that are, how many were said. */
export function pairAgreement(placed: readonly Placed[]): Agreement {
  const pairs = (key: (p: Placed) => string): number =>
    [...Map.groupBy(placed, key).values()].reduce((n, g) => n + pairsOf(g.length), 0)
  const both = pairs((p) => `${p.said}|${p.truth}`)
  return { precision: both / pairs((p) => p.said), recall: both / pairs((p) => p.truth) }
}

/** B-cubed: per record the share of its cluster that belongs, and of its entity that is there; averaged over records. */
export function bCubed(placed: readonly Placed[]): Agreement {
  const count = (key: (p: Placed) => string): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const p of placed) counts.set(key(p), (counts.get(key(p)) ?? 0) + 1)
    return counts
  }
  const [both, said, truth] = [count((p) => `${p.said}|${p.truth}`), count((p) => p.said), count((p) => p.truth)]
  const mean = (per: (p: Placed) => number): number => placed.reduce((n, p) => n + per(p), 0) / placed.length
  return {
    precision: mean((p) => both.get(`${p.said}|${p.truth}`)! / said.get(p.said)!),
    recall: mean((p) => both.get(`${p.said}|${p.truth}`)! / truth.get(p.truth)!),
  }
}

/** Rows of a CSV as RFC 4180 has it, keyed by its header. */
export function readCsv(path: string): Record<string, string>[] {
  const [header, ...rows] = csvRows(readFileSync(path, 'utf8').replace(/^\ufeff/, ''))
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i] ?? ''])))
}
function csvRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && quoted === undefined && bare === '' && row.length === 0) break
    row.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
