import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome, Part, Request } from './benchmark.ts'
import { clean, datong, program, Watched } from './process.ts'

/** A server that governs again while it answers: how long does anything block its event loop, and what does it hold when idle? */
export const servePart: Part = {
  name: 'serve',
  means: 'a server under a governing job: event loop, answers, resident memory when idle',
  measure,
}

async function measure({ scratch, say }: Request): Promise<Outcome> {
  const city = join(scratch, 'city')
  await datong(['demo', city, '--quiet'])
  const server = await Server.start(city, scratch)
  try {
    await sleep(5000)
    const idle = server.resident()
    say(`idle: ${idle.toFixed(0)} MB`)
    await server.loop()
    const answers = await server.governAndAsk()
    const { max, p99 } = await server.loop()
    say(`event loop: longest ${max.toFixed(0)} ms, 99 % below ${p99.toFixed(0)} ms`)
    return {
      command: 'npm run bench -- govern --only serve',
      data: 'example city (synthetic), seed 7, 10,000 people; one job governs it anew while /healthz is asked every 20 ms',
      figures: [
        { what: 'resident memory, idle', values: [idle], unit: 'MB', bar: 700 },
        { what: 'longest block of the event loop', values: [max], unit: 'ms', bar: 50 },
        { what: '99 % of blocks below', values: [p99], unit: 'ms' },
        { what: 'slowest answer of /healthz', values: [Math.max(...answers)], unit: 'ms' },
      ],
    }
  } finally {
    await server.stop()
  }
}

class Server {
  readonly #child: ChildProcess
  readonly #watched: Watched
  readonly #loopFile: string
  #origin = ''
  #cookie = ''
  private constructor(child: ChildProcess, loopFile: string) {
    this.#child = child
    this.#watched = new Watched(child)
    this.#loopFile = loopFile
  }

  static async start(city: string, scratch: string): Promise<Server> {
    const loopFile = join(scratch, 'loop.json')
    const args = [
      '--import',
      join(import.meta.dirname, 'loop.ts'),
      program,
      'serve',
      city,
      '--port',
      '0',
      '--lang',
      'en',
    ]
    const child = spawn(process.execPath, [...args, '--data', join(scratch, 'data')], {
      cwd: scratch,
      env: { ...clean(), BENCH_LOOP: loopFile },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const server = new Server(child, loopFile)
    await server.#signIn(await server.#link())
    return server
  }

  async #link(): Promise<string> {
    for (let i = 0; i < 1200; i++) {
      const link = /(http:\/\/\S+\/sign-in#\S+)/.exec(this.#watched.output())?.[1]
      if (link !== undefined) return link
      if (this.#child.exitCode !== null) break
      await sleep(100)
    }
    throw new Error(`no sign-in link\n${this.#watched.output()}`)
  }

  async #signIn(link: string): Promise<void> {
    const { origin, hash } = new URL(link)
    this.#origin = origin
    const answer = await fetch(`${origin}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ token: hash.slice(1) }),
    })
    this.#cookie = String(answer.headers.get('set-cookie')).split(';')[0]!
  }

  resident(): number {
    return this.#watched.resident()
  }

  /** Delays since the last call. */
  async loop(): Promise<{ max: number; p99: number }> {
    await rm(this.#loopFile, { force: true })
    this.#child.kill('SIGUSR2')
    for (let i = 0; i < 100; i++) {
      await sleep(50)
      const text = await readFile(this.#loopFile, 'utf8').catch(() => '')
      if (text !== '') return JSON.parse(text) as { max: number; p99: number }
    }
    throw new Error('the server did not report its event loop')
  }

  /** Milliseconds that each answer took while the job ran. */
  async governAndAsk(): Promise<number[]> {
    const headers = { cookie: this.#cookie, origin: this.#origin }
    const began = await fetch(`${this.#origin}/api/v1/jobs`, { method: 'POST', headers })
    const { id } = (await began.json()) as { id: string }
    const times: number[] = []
    for (;;) {
      for (let i = 0; i < 25; i++) times.push(await this.#ask())
      const job = (await (await fetch(`${this.#origin}/api/v1/jobs/${id}`, { headers })).json()) as { state: string }
      if (job.state === 'done') return times
      if (job.state !== 'running' && job.state !== 'queued') throw new Error(`the job is ${job.state}`)
    }
  }
  async #ask(): Promise<number> {
    await sleep(20)
    const began = performance.now()
    await (await fetch(`${this.#origin}/healthz`)).text()
    return performance.now() - began
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      this.#child.kill('SIGTERM')
      await once(this.#child, 'close')
    }
    this.#watched.stop()
  }
}
