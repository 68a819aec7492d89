import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure, Outcome, Part, Request } from './benchmark.ts'
import { datong, type Spent } from './process.ts'

interface Size {
  readonly people: number
  readonly enterprises: number
  /** Seconds and megabytes promised for governing it, and seconds for writing it. */
  readonly bars?: { readonly govern: number; readonly memory: number; readonly demo?: number }
  /** Long ones run once. */
  readonly once?: boolean
}
const seed = 7

/** Writes the example city of a size and governs it with default settings, each time into a data directory of its own. */
export function cityPart(name: string, size: Size): Part {
  return {
    name,
    means: `the example city of ${size.people.toLocaleString('en-US')} people, governed with default settings`,
    measure: (request) => measureCity(size, request),
  }
}

async function measureCity(size: Size, { scratch, runs, say }: Request): Promise<Outcome> {
  const { people, enterprises, bars } = size
  const city = join(scratch, 'city')
  const request = ['demo', city, '--people', `${people}`, '--enterprises', `${enterprises}`, '--seed', `${seed}`]
  const demo = await datong([...request, '--quiet'])
  say(`demo: ${demo.seconds.toFixed(1)} s`)
  const governed: { spent: Spent; result: Result }[] = []
  for (let i = 0; i < (size.once ? 1 : runs); i++) {
    const out = join(scratch, `out-${i}`)
    const spent = await datong(['govern', city, '--out', out, '--data', join(scratch, `data-${i}`), '--quiet'])
    governed.push({ spent, result: JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as Result })
    say(
      `govern: ${spent.seconds.toFixed(1)} s, ${spent.cpuSeconds.toFixed(1)} CPU s, ${spent.peakMegabytes.toFixed(0)} MB`,
    )
  }
  const { totals, run } = governed[0]!.result
  return {
    command: `datong demo city --people ${people} --enterprises ${enterprises} --seed ${seed}; datong govern city`,
    data: `example city (synthetic), seed ${seed}: ${totals.rows.toLocaleString('en-US')} rows, ${totals.departments} departments, ${totals.datasets} datasets`,
    figures: [
      { what: 'write the city (`datong demo`)', values: [demo.seconds], unit: 's', ...barOf(bars?.demo) },
      { what: 'govern, start to end', values: governed.map((g) => g.spent.seconds), unit: 's', ...barOf(bars?.govern) },
      { what: 'govern, processor', values: governed.map((g) => g.spent.cpuSeconds), unit: 'CPU s' },
      {
        what: 'govern, peak resident memory',
        values: governed.map((g) => g.spent.peakMegabytes),
        unit: 'MB',
        ...barOf(bars?.memory),
      },
      ...run.timings.map(
        ({ stage }): Figure => ({
          what: `stage ${stage}`,
          values: governed.map((g) => g.result.run.timings.find((t) => t.stage === stage)?.seconds ?? 0),
          unit: 's',
        }),
      ),
    ],
  }
}

const barOf = (bar: number | undefined): { bar?: number } => (bar === undefined ? {} : { bar })

interface Result {
  readonly totals: { readonly rows: number; readonly departments: number; readonly datasets: number }
  readonly run: { readonly timings: readonly { readonly stage: string; readonly seconds: number }[] }
}
