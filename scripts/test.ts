/**
 * `npm test`: every part in turn, one summary at the end with the time of each part and `N passed, N failed`.
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
  run(): Promise<Outcome>
}

/** Runs a program with its output passed through; the exit code counts as one check. */
function program(name: string, command: string, args: readonly string[]): Part {
  return {
    name,
    async run() {
      const code = await exitOf(command, args)
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
    },
  }
}

/** Runs one vitest project and counts its tests. A crash without a report counts as a failure. */
function suite(project: string): Part {
  return {
    name: project,
    async run() {
      const file = join(scratch, `${project}.json`)
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
      const code = await exitOf('vitest', ['run', '--project', project, ...reporters])
      return counted(file, code)
    },
  }
}

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

function exitOf(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH']}` }
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env })
    child.on('error', () => resolve(127))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

const parts: readonly Part[] = [
  program('types', 'tsc', ['-b']),
  program('lint', 'biome', ['lint', '--error-on-warnings', '.']),
  program('format', 'biome', ['format', '.']),
  suite('unit'),
  suite('integration'),
  program('build', 'node', ['scripts/build.ts']),
  suite('guide'),
  suite('journey'),
  suite('package'),
]

const wanted = process.argv.slice(2)
const lines: string[] = []
let passed = 0
let failed = 0
for (const part of parts.filter((p) => wanted.length === 0 || wanted.includes(p.name))) {
  console.log(`\n── ${part.name}`)
  const began = performance.now()
  const outcome = await part.run()
  const seconds = (performance.now() - began) / 1000
  passed += outcome.passed
  failed += outcome.failed
  lines.push(
    `${part.name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${outcome.passed} passed, ${outcome.failed} failed`,
  )
}
rmSync(scratch, { recursive: true, force: true })
console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
