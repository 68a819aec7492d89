import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Figure, median, type Outcome } from './benchmark.ts'
import type { Machine } from './machine.ts'
import { root } from './process.ts'

/** A part that ran, and where and when. */
export interface Measured {
  readonly part: string
  readonly outcome: Outcome
  readonly machine: Machine
  readonly date: string
}

export function lineOf(figure: Figure): string {
  return `${figure.what}: ${shown(figure)}${spread(figure)}${verdict(figure)}`
}

const digits = { s: 2, ms: 0, MB: 0, '×': 2, rows: 0, 'CPU s': 1 } as const
const number = (value: number, unit: Figure['unit']): string => value.toFixed(digits[unit])
function shown({ values, unit }: Figure): string {
  return `${number(median(values), unit)} ${unit}`
}
function spread({ values, unit }: Figure): string {
  if (values.length < 2) return ''
  return ` (${number(Math.min(...values), unit)}–${number(Math.max(...values), unit)}, ${values.length} runs)`
}
function verdict({ values, bar, unit }: Figure): string {
  return bar === undefined ? '' : `; bar ≤ ${bar} ${unit}: ${median(values) <= bar ? 'met' : 'MISSED'}`
}

/** Puts a part's section in the place of its earlier one. Nothing between the marks is written by hand. */
export async function write(benchmark: string, measured: readonly Measured[]): Promise<string> {
  const path = join(root, 'docs', 'benchmarks.md')
  let text = await readFile(path, 'utf8')
  for (const m of measured) {
    const [from, to] = [`<!-- ${benchmark}/${m.part} -->`, `<!-- /${benchmark}/${m.part} -->`]
    const [a, b] = [text.indexOf(from), text.indexOf(to)]
    if (a < 0 || b < a) throw new Error(`docs/benchmarks.md lacks the marks of ${benchmark}/${m.part}`)
    text = `${text.slice(0, a + from.length)}\n\n${section(m)}\n\n${text.slice(b)}`
  }
  await writeFile(path, text)
  return path
}

function section({ outcome, machine, date }: Measured): string {
  const rows = outcome.figures.map(
    (f) =>
      `| ${f.what} | ${shown(f)} | ${spread(f)
        .trim()
        .replace(/^\(|\)$/g, '')} | ${f.bar === undefined ? '' : `≤ ${f.bar} ${f.unit}`} |`,
  )
  return [
    `- Command: \`${outcome.command}\``,
    `- Data: ${outcome.data}`,
    `- Machine: ${machine.words}; ${machine.programs}; load before the run ${machine.load.toFixed(2)}`,
    `- Date: ${date}`,
    '',
    '| what | median | spread | bar |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}
