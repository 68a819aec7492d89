import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
export const program = join(root, 'bin', 'datong.js')

export interface Spent {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Highest sum of resident memory over the process and all its descendants, sampled every 50 ms. */
  readonly peakMegabytes: number
  readonly stdout: string
}

/** Runs a command to its end. Throws with its output when it fails. */
export async function run(command: string, args: readonly string[], options: { cwd?: string } = {}): Promise<Spent> {
  const began = performance.now()
  const child = spawn(command, args, { ...options, env: clean(), stdio: ['ignore', 'pipe', 'pipe'] })
  const watched = new Watched(child)
  const [code] = (await once(child, 'close')) as [number]
  const seconds = (performance.now() - began) / 1000
  const spent = watched.stop()
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${watched.output()}`)
  return { seconds, ...spent }
}

/** The program, as a user starts it. */
export function datong(args: readonly string[], cwd?: string): Promise<Spent> {
  return run(process.execPath, [program, ...args], cwd === undefined ? {} : { cwd })
}

/** No setting of the caller's environment may change what is measured. */
export function clean(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(DATONG_|npm_)/.test(name)))
}

/** Keeps an eye on a process and its descendants. */
export class Watched {
  readonly #child: ChildProcess
  readonly #timer: NodeJS.Timeout
  readonly #out: string[] = []
  readonly #err: string[] = []
  readonly #cpu = new Map<number, number>()
  #peak = 0
  constructor(child: ChildProcess) {
    this.#child = child
    child.stdout?.on('data', (chunk: Buffer) => void this.#out.push(chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => void this.#err.push(chunk.toString()))
    this.#timer = setInterval(() => this.#look(), 50)
  }
  output(): string {
    return this.#out.join('') + this.#err.join('')
  }
  /** Resident memory at this moment, in megabytes. */
  resident(): number {
    return family(this.#child.pid!).reduce((n, pid) => n + residentOf(pid), 0) / 1e6
  }
  stop(): Omit<Spent, 'seconds'> {
    clearInterval(this.#timer)
    const cpuSeconds = [...this.#cpu.values()].reduce((a, b) => a + b, 0)
    return { cpuSeconds, peakMegabytes: this.#peak, stdout: this.#out.join('') }
  }
  #look(): void {
    if (this.#child.pid === undefined) return
    let resident = 0
    for (const pid of family(this.#child.pid)) {
      resident += residentOf(pid)
      this.#cpu.set(pid, cpuOf(pid) ?? this.#cpu.get(pid) ?? 0)
    }
    this.#peak = Math.max(this.#peak, resident / 1e6)
  }
}

function family(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? Number(stat(Number(name))?.[1]) : Number.NaN
    if (!Number.isNaN(parent)) parents.set(Number(name), parent)
  }
  const found = [pid]
  for (const member of found) for (const [child, parent] of parents) if (parent === member) found.push(child)
  return found
}

/** Fields of `/proc/<pid>/stat` after the name; undefined once the process is gone. */
function stat(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
const ticksPerSecond = 100
const pageBytes = 4096
function cpuOf(pid: number): number | undefined {
  const fields = stat(pid)
  return fields && (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
function residentOf(pid: number): number {
  return Number(stat(pid)?.[21] ?? 0) * pageBytes
}
