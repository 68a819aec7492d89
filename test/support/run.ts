import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A folder that goes when the block ends. */
export function scratch(): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'datong-test-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the program as a user would. */
export function start(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): ChildProcess {
  return spawn(process.execPath, [join(root, 'bin', 'datong.js'), ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...process.env, LANG: 'C', LC_ALL: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs the program to its end. */
export function datong(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const child = start(args, options)
  const out: string[] = []
  const err: string[] = []
  child.stdout!.on('data', (chunk: Buffer) => void out.push(chunk.toString()))
  child.stderr!.on('data', (chunk: Buffer) => void err.push(chunk.toString()))
  return new Promise((done) => child.on('close', (code) => done({ code, stdout: out.join(''), stderr: err.join('') })))
}
