import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { smallCity } from '../test/support/plans.ts'
import type { Result } from '../src/report/index.ts'
import { exec, here } from './tools.ts'

/** What a user has after two runs of `datong govern` on the example city. */
export interface Governed {
  readonly city: string
  readonly out: string
  readonly data: string
  /** The ledger as it stood after the first run. */
  readonly earlier: string
  readonly result: Result
}

const scratch = mkdtempSync(join(tmpdir(), 'datong-judges-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

/** A folder of this run's own, removed at its end. */
export const scratchFolder = (name: string): string => join(scratch, name)

const program = here('../bin/datong.js')

async function datong(...args: string[]): Promise<void> {
  const ended = await exec(process.execPath, [program, ...args, '--quiet'])
  if (ended.code !== 0) throw new Error(`datong ${args[0]} ended with ${ended.code}: ${ended.stderr}`)
}

let made: Promise<Governed> | undefined
export function governedCity(): Promise<Governed> {
  made ??= govern()
  return made
}
async function govern(): Promise<Governed> {
  const [city, out, data, earlier] = ['city', 'out', 'data', 'ledger-1'].map(scratchFolder) as [
    string,
    string,
    string,
    string,
  ]
  const size = [`--people=${smallCity.people}`, `--enterprises=${smallCity.enterprises}`, `--seed=${smallCity.seed}`]
  await datong('demo', city, ...size)
  await datong('govern', city, '--out', out, '--data', data)
  cpSync(join(data, 'ledger'), earlier, { recursive: true })
  await datong('govern', city, '--out', out, '--data', data)
  return { city, out, data, earlier, result: JSON.parse(readFileSync(join(out, 'result.json'), 'utf8')) as Result }
}

/** Runs `datong serve` on the governed city while `use` works with its sign-in link. */
export async function withServer<T>(use: (link: string) => Promise<T>): Promise<T> {
  const { data } = await governedCity()
  const child = spawn(process.execPath, [program, 'serve', '--data', data, '--port', '0', '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  try {
    const link = await new Promise<string>((resolve, reject) => {
      let said = ''
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const found = /http:\/\/\S+\/sign-in#\S+/.exec(said)
        if (found) resolve(found[0])
      })
      child.once('close', (code) => reject(new Error(`datong serve ended with ${code}`)))
    })
    return await use(link)
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}
