/**
 * `npm run bench` lists the benchmarks. `npm run bench -- govern` measures, `--only a,b` some parts of it, `--runs 5` how often
 * the short ones, `--write` puts the figures into docs/benchmarks.md. Publish only what an otherwise idle machine gave.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Benchmark, Part } from './benchmark.ts'
import { govern } from './govern.ts'
import { machine } from './machine.ts'
import { lineOf, type Measured, write } from './report.ts'

const benchmarks: readonly Benchmark[] = [govern]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
})
const chosen = benchmarks.find((b) => b.name === positionals[0])
if (positionals[0] === undefined) list()
else if (chosen === undefined) refuse(`no benchmark ${positionals[0]}`)
else await measure(chosen, partsOf(chosen))

function list(): void {
  for (const { name, means, parts } of benchmarks) {
    console.log(`${name}: ${means}`)
    for (const part of parts) console.log(`  ${part.name.padEnd(14)}${part.means}`)
  }
  console.log('\nnpm run bench -- <name> [--only <part>,<part>] [--runs <n>] [--write]')
}

function refuse(why: string): never {
  console.error(why)
  list()
  process.exit(2)
}

function partsOf(benchmark: Benchmark): readonly Part[] {
  const wanted = values.only?.split(',')
  const unknown = wanted?.find((name) => !benchmark.parts.some((p) => p.name === name))
  if (unknown !== undefined) refuse(`no part ${unknown} of ${benchmark.name}`)
  return benchmark.parts.filter((p) => wanted === undefined || wanted.includes(p.name))
}

async function measure(benchmark: Benchmark, parts: readonly Part[]): Promise<void> {
  const measured: Measured[] = []
  const { words, programs, load } = machine()
  console.log(`${words}\n${programs}`)
  if (load > 0.3) console.log(`Others are working (load ${load.toFixed(2)}): these figures are not for publishing.`)
  for (const part of parts) measured.push(await measurePart(part))
  if (values.write) console.log(`\nwritten: ${await write(benchmark.name, measured)}`)
}

async function measurePart(part: Part): Promise<Measured> {
  console.log(`\n${part.name}: ${part.means}`)
  const before = machine()
  const scratch = await mkdtemp(join(tmpdir(), 'datong-bench-'))
  try {
    const say = (line: string): void => console.log(`  … ${line}`)
    const outcome = await part.measure({ scratch, runs: Number(values.runs), say })
    console.log(`  ${outcome.data}`)
    for (const figure of outcome.figures) console.log(`  ${lineOf(figure)}`)
    return { part: part.name, outcome, machine: before, date: new Date().toISOString().slice(0, 10) }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
