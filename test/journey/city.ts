import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { datong, root, scratch, start } from '../support/run.ts'

export interface Served extends AsyncDisposable {
  readonly address: string
  readonly link: string
  readonly process: ChildProcess
}

/** A small generated city behind `datong serve` on a free port. */
export async function serveCity(): Promise<Served> {
  if (!existsSync(join(root, 'dist', 'console', 'assets')))
    throw new Error('dist/console is missing: run `node scripts/build.ts console` first')
  const folder = scratch()
  const city = join(folder.path, 'city')
  const made = await datong(['demo', city, '--people', '400', '--enterprises', '80'])
  if (made.code !== 0) throw new Error(made.stderr)
  const data = join(folder.path, 'data')
  const child = start(['serve', city, '--data', data, '--port', '0', '--lang', 'en'])
  const link = await linkOf(child)
  return {
    address: new URL(link).origin,
    link,
    process: child,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null) {
        child.kill('SIGKILL')
        await once(child, 'close')
      }
      folder[Symbol.dispose]()
    },
  }
}

/** The one-time link as the terminal prints it. */
function linkOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let printed = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const link = /http:\S+\/sign-in#\S+/.exec(printed)?.[0]
      if (link) found(link)
    })
    let said = ''
    child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('close', (code) => failed(new Error(`serve ended with ${code}: ${said}`)))
  })
}
