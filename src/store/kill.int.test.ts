import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { seeded } from '../core/index.ts'
import { Server, type StoreKind, testPlace } from './testing.ts'

const committer = fileURLToPath(new URL('../../test/support/committer.ts', import.meta.url))
const kills = 50

/** When to kill: milliseconds after the start, or after so many commits were acknowledged. */
interface Moment {
  readonly commits?: number
  readonly milliseconds: number
}

/** Lets a process commit and kills it; gives what it found at its start and the last number it was told is durable. */
async function round(data: string, address: string, when: Moment): Promise<Round> {
  const child = spawn(process.execPath, [committer, data, address], { stdio: ['ignore', 'pipe', 'pipe'] })
  const outcome: Round = { found: undefined, last: undefined, said: '' }
  const killSoon = (): void => void setTimeout(() => child.kill('SIGKILL'), when.milliseconds)
  let left = when.commits
  if (left === undefined) killSoon()
  child.stderr.on('data', (chunk: Buffer) => {
    outcome.said += chunk.toString()
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (text + chunk.toString()).split('\n')
    text = lines.pop()!
    for (const line of lines) {
      const [word, number] = line.split(' ')
      if (word === 'done') outcome.last = Number(number)
      else if (word === 'found') outcome.found = Number(number)
      else outcome.said += line
      if (left !== undefined && left-- === 0) killSoon()
    }
  })
  await new Promise((gone) => child.once('close', gone))
  return outcome
}
interface Round {
  found: number | undefined
  last: number | undefined
  said: string
}

/** Kills again and again on one data directory. Every acknowledged number must be found by whoever comes next. */
async function killAgainAndAgain(kind: StoreKind, seed: number): Promise<{ commits: number; checks: number }> {
  await using server = kind === 'postgres' ? await Server.start() : undefined
  await using place = await testPlace('embedded')
  const address = server ? await server.newDatabase() : place.address
  const chance = seeded(seed)
  let acknowledged = 0
  let checks = 0
  for (let i = 0; i <= kills; i++) {
    // one in five is killed while it opens, the others while they commit
    const opening = i > 0 && i < kills && chance.chance(0.2)
    const moment = opening
      ? { milliseconds: chance.int(200, 1200) }
      : { commits: chance.int(1, 8), milliseconds: chance.int(0, 20) }
    const { found, last, said } = await round(place.data, address, moment)
    expect(said, `${kind}, kill ${i}`).toBe('')
    if (found !== undefined) {
      checks++
      // at most the one transaction that was durable but not yet told
      expect([acknowledged, acknowledged + 1], `${kind}, kill ${i}`).toContain(found)
      acknowledged = last ?? found
    }
    if (server && i < kills) {
      await server.kill()
      await server.run()
    }
  }
  return { commits: acknowledged, checks }
}

test(`${kills} times kill -9: no acknowledged row is lost and no transaction is torn, on either store`, async () => {
  const [embedded, postgres] = await Promise.all([killAgainAndAgain('embedded', 1), killAgainAndAgain('postgres', 2)])
  for (const { commits, checks } of [embedded, postgres]) {
    expect(checks).toBeGreaterThan(kills / 2)
    expect(commits).toBeGreaterThan(kills)
  }
}, 600_000)
