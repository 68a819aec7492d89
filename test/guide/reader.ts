import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root, scratch } from '../support/run.ts'
import { looksLike, readPage, type Step, stepsOf } from './page.ts'

/**
 * A person at a terminal who types what the pages say, page by page, in one empty folder. `npx datong` is this checkout;
 * the line of progress, which a terminal wipes away again, is left out.
 */
export class Reader implements Disposable {
  readonly #place = scratch()
  readonly #desk: string
  readonly #env: Record<string, string | undefined>
  readonly #groups: number[] = []
  constructor(language: 'zh' | 'en') {
    const bin = join(this.#place.path, 'bin')
    this.#desk = join(this.#place.path, 'desk')
    mkdirSync(bin)
    mkdirSync(this.#desk)
    symlinkSync(process.execPath, join(bin, 'node'))
    const npx = `#!/bin/sh\n[ "$1" = datong ] || exit 127\nshift\nexec node '${join(root, 'bin', 'datong.js')}' "$@" --quiet\n`
    writeFileSync(join(bin, 'npx'), npx)
    chmodSync(join(bin, 'npx'), 0o755)
    this.#env = {
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
      HOME: this.#place.path,
      LANG: language === 'zh' ? 'zh_CN.UTF-8' : 'en_US.UTF-8',
    }
  }

  /** Follows a page from top to bottom. Throws at the first command that fails or prints something else. */
  async follow(path: string): Promise<number> {
    const steps = stepsOf(readPage(path))
    for (const step of steps) {
      const { code, printed } = await this.#type(step.commands)
      if (code !== 0) throw new Error(story(path, step, `ended with ${code} and printed`, printed))
      if (step.prints !== undefined && !looksLike(step.prints, printed))
        throw new Error(story(path, step, `should print\n${step.prints}\n\nand prints`, printed))
    }
    return steps.length
  }

  /** Ends whatever a page left running in the background. */
  [Symbol.dispose](): void {
    for (const group of this.#groups)
      try {
        process.kill(-group, 'SIGKILL')
      } catch {
        // it ended by itself
      }
    this.#place[Symbol.dispose]()
  }

  #type(commands: string): Promise<{ code: number | null; printed: string }> {
    const shell = spawn('sh', ['-e', '-c', `exec 2>&1\n${commands}`], {
      cwd: this.#desk,
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    })
    this.#groups.push(shell.pid!)
    let printed = ''
    shell.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
    return new Promise((done) => shell.on('close', (code) => done({ code, printed })))
  }
}

function story(path: string, { line, commands }: Step, what: string, printed: string): string {
  return `${path}:${line}\n\n${commands}\n\n${what}\n${printed}`
}
