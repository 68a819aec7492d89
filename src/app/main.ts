import { readFileSync } from 'node:fs'
import { runCli } from '../cli/index.ts'
import { systemClock } from '../core/index.ts'
import { makeProgram } from './program.ts'

const manifest = ['../../package.json', '../../../package.json'].map((p) => new URL(p, import.meta.url))
const version = manifest.flatMap((url) => {
  try {
    return [(JSON.parse(readFileSync(url, 'utf8')) as { version: string }).version]
  } catch {
    return []
  }
})[0]

const abort = new AbortController()
/** A second signal ends at once. One that a terminal sends and a parent passes on is one, though it comes twice. */
const once = 500
let askedAt: number | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (askedAt !== undefined && performance.now() - askedAt > once) process.exit(130)
    askedAt ??= performance.now()
    abort.abort()
  })
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
})

const code = await runCli(makeProgram(version ?? '0.0.0', systemClock), {
  argv: process.argv.slice(2),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: abort.signal,
})
process.exitCode = code
