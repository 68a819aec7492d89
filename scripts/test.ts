/**
 * `npm test`: every part, one summary at the end with the time of each part and `N passed, N failed`.
 * `npm test -- unit integration` runs the named parts only.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const scratch = mkdtempSync(join(tmpdir(), 'datong-test-'))

interface Outcome {
  readonly passed: number
  readonly failed: number
}
interface Part {
  readonly name: string
  /** `alone`: what the part says is shown as it says it; else in one piece when it has ended. */
  run(alone: boolean): Promise<Outcome>
}

/** Runs a program; its exit code counts as one check. */
function program(name: string, command: string, args: readonly string[]): Part {
  return {
    name,
    async run(alone) {
      const code = await exitOf(name, alone, command, args)
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
    },
  }
}

/** Runs one vitest project and counts its tests. One without any test, or without a report, has failed. */
function suite(project: string): Part {
  return {
    name: project,
    async run(alone) {
      const file = join(scratch, `${project}.json`)
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const code = await exitOf(project, alone, 'vitest', ['run', '--project', project, ...reporters])
      return counted(file, code)
    },
  }
}

/** A run that ended badly without a failed test (a hook, an import, a stray rejection) counts as one failure. */
function counted(file: string, code: number): Outcome {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>
    const passed = report['numPassedTests'] ?? 0
    const failed = report['numFailedTests'] ?? 0
    return { passed, failed: failed > 0 ? failed : code === 0 && passed > 0 ? 0 : 1 }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

function exitOf(part: string, alone: boolean, command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` }
    const said = [`\n── ${part}\n`]
    const say = (text: string): void => {
      if (alone) process.stdout.write(said.splice(0).join('') + text)
      else said.push(text)
    }
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env })
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', say)
    child.on('error', (error) => {
      say(`${error.message}\n`)
      resolve(127)
    })
    child.on('close', (code) => {
      process.stdout.write(said.join(''))
      resolve(code ?? 1)
    })
  })
}

/** Groups in turn, the parts of a group side by side. Suites that watch the clock have the machine to themselves. */
const groups: readonly (readonly Part[])[] = [
  [
    program('types', 'tsc', ['-b']),
    program('lint', 'biome', ['lint', '--error-on-warnings', '.']),
    program('format', 'biome', ['format', '.']),
  ],
  [program('build', 'node', ['scripts/build.ts']), suite('unit')],
  [suite('integration')],
  [suite('guide')],
  [suite('journey')],
  [suite('package')],
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !groups.flat().some((part) => part.name === name))
if (unknown.length > 0) {
  const names = groups.flat().map((part) => part.name)
  console.error(`No part ${unknown.join(', ')}; there are ${names.join(', ')}.`)
  process.exit(2)
}

const lines: string[] = []
const total = { passed: 0, failed: 0 }
async function timed(part: Part, alone: boolean): Promise<void> {
  const began = performance.now()
  const { passed, failed } = await part.run(alone)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  total.passed += passed
  total.failed += failed
  lines.push(`  ${part.name.padEnd(12)} ${seconds.padStart(6)} s  ${passed} passed, ${failed} failed`)
}

for (const group of groups) {
  const parts = group.filter((part) => wanted.length === 0 || wanted.includes(part.name))
  await Promise.all(parts.map((part) => timed(part, parts.length === 1)))
}
rmSync(scratch, { recursive: true, force: true })
console.log(`\n${lines.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1
