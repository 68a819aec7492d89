import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ledger } from '../src/ledger/index.ts'
import { governedCity, scratchFolder } from './fixture.ts'
import { type Judge, mustRefuse, type Verdict } from './judge.ts'
import { exec, goProgram } from './tools.ts'

interface Checked {
  readonly size: number
  readonly included: number
  readonly consistent: number
  readonly tiles: number
}

/** The reader of the Go checksum database opens ledger folders: signature, tiles, every entry, consistency of sizes. */
export const ledger: Judge = {
  name: 'ledger',
  program: 'golang.org/x/mod v0.20.0 (sumdb/tlog, sumdb/note)',
  async run() {
    const program = await goProgram()
    const { data, earlier } = await governedCity()
    const vkey = readFileSync(join(data, 'keys', 'ledger.vkey'), 'utf8').trim()
    const small = join(data, 'ledger')
    const { folder, vkey: longKey, states } = await longLedger()
    return [
      await accepts(program, 'the ledger of two runs of datong govern', vkey, small, [earlier], 2),
      ...(await spoiled(program, vkey, small, ['checkpoint', 'tile/0/000.p/2', 'tile/entries/000.p/2'])),
      await accepts(program, 'a ledger grown past full tiles', longKey, folder, states, longest),
      ...(await spoiled(program, longKey, folder, ['tile/0/001', 'tile/1/000.p/2', 'tile/entries/000'])),
    ]
  },
}

async function accepts(
  program: string,
  what: string,
  vkey: string,
  folder: string,
  earlier: readonly string[],
  size: number,
): Promise<Verdict> {
  const ended = await exec(program, [vkey, folder, ...earlier])
  if (ended.code !== 0) return { judged: what, against: [ended.stderr.trim()] }
  const found = JSON.parse(ended.stdout) as Checked
  const judged = `${what}: ${found.included} entries included, consistent with ${found.consistent} earlier sizes, ${found.tiles} tiles read`
  const complete = found.size === size && found.included === size && found.consistent === earlier.length
  return { judged, against: complete ? [] : [`expected ${size} entries: ${ended.stdout}`] }
}

/** One byte changed in one file at a time. */
async function spoiled(program: string, vkey: string, folder: string, files: readonly string[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (const file of files) {
    const copy = scratchFolder(`spoiled-${verdicts.length}-${vkey.slice(0, 20).replaceAll('/', '-')}`)
    cpSync(folder, copy, { recursive: true })
    const bytes = readFileSync(join(copy, file))
    bytes[Math.floor(bytes.length / 2)]! ^= 1
    writeFileSync(join(copy, file), bytes)
    verdicts.push(mustRefuse(file, (await exec(program, [vkey, copy])).code !== 0))
  }
  return verdicts
}

const longest = 700

/** A ledger grown in steps across the borders of tiles, with the folder as it stood after each. */
async function longLedger(): Promise<{ folder: string; vkey: string; states: string[] }> {
  const home = scratchFolder('long')
  const log = await Ledger.open(home, 'datong.test/long')
  const states: string[] = []
  const entry = (i: number): Uint8Array => new TextEncoder().encode(`entry ${i} ${'x'.repeat(i)}`)
  for (const size of [1, 2, 255, 256, 257, 512, longest]) {
    const from = log.status().size
    await log.appendAll(Array.from({ length: size - from }, (_, i) => entry(from + i)))
    const state = scratchFolder(`long-${size}`)
    cpSync(join(home, 'ledger'), state, { recursive: true })
    states.push(state)
  }
  await log.close()
  return { folder: join(home, 'ledger'), vkey: log.vkey, states }
}
