/**
 * `npm run judges`: outside programs judge our formats. `npm run judges -- trino` runs one.
 * What they need is installed once into `.cache/judges`. A judge that cannot be had here is named and passed over.
 */
import { documents } from './documents.ts'
import { type Judge, Unavailable, type Verdict } from './judge.ts'
import { ledger } from './ledger.ts'
import { numbers } from './numbers.ts'
import { sampleFiles } from './sample.ts'
import { tables } from './tables.ts'
import { trino } from './trino.ts'

const judges: readonly Judge[] = [numbers, tables, documents, sampleFiles, ledger, trino]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !judges.some((j) => j.name === name))
if (unknown.length > 0) {
  console.error(`No judge ${unknown.join(', ')}; there are ${judges.map((j) => j.name).join(', ')}.`)
  process.exit(2)
}

const tally = { passed: 0, failed: 0, absent: 0 }
for (const judge of judges.filter((j) => wanted.length === 0 || wanted.includes(j.name))) {
  const began = performance.now()
  const verdicts = await hear(judge)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`── ${judge.name}: ${judge.program} · ${seconds} s`)
  if (typeof verdicts === 'string') {
    tally.absent++
    console.log(`   not to be had here: ${verdicts}`)
    continue
  }
  for (const verdict of verdicts) show(verdict)
}

async function hear(judge: Judge): Promise<readonly Verdict[] | string> {
  try {
    return await judge.run()
  } catch (error) {
    if (error instanceof Unavailable) return error.message
    return [{ judged: 'the whole', against: [(error as Error).stack ?? String(error)] }]
  }
}

function show({ judged, against }: Verdict): void {
  tally[against.length === 0 ? 'passed' : 'failed']++
  console.log(`   ${against.length === 0 ? 'agrees' : 'AGAINST'}  ${judged}`)
  for (const point of against.slice(0, 20)) console.log(`     ${point.replaceAll('\n', '\n     ')}`)
  if (against.length > 20) console.log(`     … and ${against.length - 20} more`)
}

if (tally.absent > 0) console.log(`\n${tally.absent} judges could not be had here.`)
console.log(`\n${tally.passed} passed, ${tally.failed} failed`)
process.exitCode = tally.failed === 0 ? 0 : 1
