import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome, Part, Request } from './benchmark.ts'
import { clean, root, run, Watched } from './process.ts'

/**
 * A fresh clone of this commit, `npm ci` with what npm's own cache already holds (so that the network does not count), then
 * `npm start` until the first report stands on the screen and the server gives its address.
 */
export const installPart: Part = {
  name: 'install',
  means: 'npm ci and npm start in a fresh clone until the first report',
  measure,
}

async function measure({ scratch, say }: Request): Promise<Outcome> {
  const clone = join(scratch, 'datong')
  await run('git', ['clone', '--quiet', root, clone])
  await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: clone })
  await run('rm', ['-rf', join(clone, 'node_modules')])
  const install = await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: clone })
  say(`npm ci: ${install.seconds.toFixed(1)} s`)
  const first = await firstReport(clone)
  say(`npm start: ${first.toFixed(1)} s`)
  return {
    command: 'npm ci && npm start',
    data: "a fresh clone of this commit with npm's cache warm; the example city (synthetic), seed 7, 10,000 people",
    figures: [
      { what: '`npm ci`, network aside', values: [install.seconds], unit: 's' },
      { what: '`npm start` until the first report', values: [first], unit: 's' },
      { what: 'both', values: [install.seconds + first], unit: 's', bar: 60 },
    ],
  }
}

async function firstReport(clone: string): Promise<number> {
  const began = performance.now()
  const child = spawn('npm', ['start', '--', '--port', '0'], {
    cwd: clone,
    env: clean(),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const watched = new Watched(child)
  try {
    while (!/\/sign-in#/.test(watched.output())) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}\n${watched.output()}`)
      await sleep(20)
    }
    return (performance.now() - began) / 1000
  } finally {
    watched.stop()
    if (child.exitCode === null) {
      process.kill(-child.pid!, 'SIGTERM')
      await once(child, 'close')
    }
  }
}
