import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import {
  commit,
  consistencyProof,
  inclusionProof,
  Ledger,
  leafHash,
  opens,
  openNote,
  parseCheckpoint,
  parseVerifierKey,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  verifyLedger,
} from './index.ts'
import { bundle, tilePath, tilesOf } from './tile.ts'

const vectors = fileURLToPath(new URL('../../test/vectors/', import.meta.url))
const folders: string[] = []
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'datong-ledger-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true })
})
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (text: string | null): Uint8Array => new Uint8Array(Buffer.from(text ?? '', 'base64'))
/** Seven files hold numbers that JSON.parse would round. */
const big = (text: string, name: string): bigint =>
  BigInt(new RegExp(`"${name}"\\s*:\\s*(\\d+)`).exec(text)?.[1] ?? '0')

describe('RFC 6962 vectors of transparency-dev/merkle', () => {
  const all = JSON.parse(readFileSync(join(vectors, 'rfc6962', 'vectors.json'), 'utf8')) as Record<
    'inclusion' | 'consistency',
    { file: string; text: string }[]
  >
  test('all 98 inclusion proofs are judged as they must be', () => {
    expect(all.inclusion).toHaveLength(98)
    for (const { file, text } of all.inclusion) {
      const v = JSON.parse(text) as { root: string; leafHash: string; proof: string[] | null; wantErr: boolean }
      expect(
        verifyInclusion(
          big(text, 'leafIdx'),
          big(text, 'treeSize'),
          decode(v.leafHash),
          (v.proof ?? []).map(decode),
          decode(v.root),
        ),
        file,
      ).toBe(!v.wantErr)
    }
  })
  test('all 98 consistency proofs are judged as they must be', () => {
    expect(all.consistency).toHaveLength(98)
    for (const { file, text } of all.consistency) {
      const v = JSON.parse(text) as { root1: string; root2: string; proof: string[] | null; wantErr: boolean }
      expect(
        verifyConsistency(
          big(text, 'size1'),
          big(text, 'size2'),
          decode(v.root1),
          decode(v.root2),
          (v.proof ?? []).map(decode),
        ),
        file,
      ).toBe(!v.wantErr)
    }
  })
})

test('the log that Tessera wrote is read, and our tiles for its entries are its tiles', () => {
  const log = join(vectors, 'tessera-log')
  const vkey = 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'
  const entries = 'one two three four five six seven eit nain ten ileven twelf threeten fourten fivten'
    .split(' ')
    .map(bytes)
  const leaves = entries.map(leafHash)
  for (let size = 0; size <= 15; size++) {
    const text = openNote(readFileSync(join(log, `checkpoint.${size}`), 'utf8'), parseVerifierKey(vkey)!)
    expect(parseCheckpoint(text!)).toEqual({
      origin: 'example.com/log/testdata',
      size,
      root: rootOf(leaves.slice(0, size)),
    })
    if (size === 0) continue
    expect(
      Buffer.concat(leaves.slice(0, size)).equals(readFileSync(join(log, tilePath(0, 0, size)))),
      `tile ${size}`,
    ).toBe(true)
    expect(
      Buffer.from(bundle(entries.slice(0, size))).equals(readFileSync(join(log, tilePath('entries', 0, size)))),
    ).toBe(true)
  }
})

test('tile paths and counts are those of the specification', () => {
  expect(tilePath(0, 1234067)).toBe('tile/0/x001/x234/067')
  const tiles = [...tilesOf(70_000)]
  expect(tiles.filter((t) => t.level === 0 && t.count === 256)).toHaveLength(273)
  expect(tiles.filter((t) => t.count < 256)).toEqual([
    { level: 0, index: 273, count: 112 },
    { level: 1, index: 1, count: 17 },
    { level: 2, index: 0, count: 1 },
  ])
})

test.each([255, 256, 257, 1000])(
  'a log of %i entries is whole, proves every entry, and continues after reopening',
  async (size) => {
    const data = folder()
    const ledger = await Ledger.open(data, 'datong.test/log')
    const entries = Array.from({ length: size }, (_, i) => bytes(`entry ${i}`))
    await ledger.appendAll(entries.slice(0, 100))
    await ledger.appendAll(entries.slice(100))
    await ledger.close()
    const again = await Ledger.open(data, 'another origin is ignored')
    const { root } = again.status()
    const leaves = entries.map(leafHash)
    for (const i of [0, 99, 100, size - 1])
      expect(verifyInclusion(BigInt(i), BigInt(size), leaves[i]!, again.prove(i), decode(root))).toBe(true)
    const receipt = await again.append(bytes('one more'))
    expect(receipt.index).toBe(size)
    expect(
      verifyConsistency(BigInt(size), BigInt(size + 1), decode(root), decode(receipt.root), again.consistency(size)),
    ).toBe(true)
    expect(await verifyLedger(data)).toMatchObject({
      ok: true,
      size: size + 1,
      origin: 'datong.test/log',
      problems: [],
    })
  },
)

test('one flipped bit in any file of the log is found and named', async () => {
  const data = folder()
  const ledger = await Ledger.open(data, 'datong.test/log')
  await ledger.appendAll(Array.from({ length: 300 }, (_, i) => bytes(`entry ${i}`)))
  const published = [
    'checkpoint',
    ...[...tilesOf(300)].map((t) => tilePath(t.level, t.index, t.count)),
    tilePath('entries', 0),
    tilePath('entries', 1, 44),
  ]
  for (const name of published) {
    const path = join(data, 'ledger', name)
    const good = readFileSync(path)
    const bad = Buffer.from(good)
    bad[Math.floor(bad.length / 2)]! ^= 1
    writeFileSync(path, bad)
    const check = await verifyLedger(data)
    expect(check.ok, name).toBe(false)
    expect(check.problems.length, name).toBeGreaterThan(0)
    writeFileSync(path, good)
  }
  expect((await verifyLedger(data)).ok).toBe(true)
})

test('an outside verifier from npm (sigstore) agrees on inclusion, and refuses a changed leaf', async () => {
  const { verifyMerkleInclusion } = await import(
    fileURLToPath(new URL('../../node_modules/@sigstore/verify/dist/tlog/merkle.js', import.meta.url))
  )
  const leaves = Array.from({ length: 70 }, (_, i) => leafHash(bytes(String(i))))
  const entryOf = (index: number, body: string) => ({
    canonicalizedBody: Buffer.from(body),
    inclusionProof: {
      logIndex: String(index),
      treeSize: '70',
      rootHash: Buffer.from(rootOf(leaves)),
      hashes: inclusionProof(leaves, index).map((h) => Buffer.from(h)),
      checkpoint: { envelope: '' },
    },
  })
  const checkpoint = { logHash: Buffer.from(rootOf(leaves)), logSize: 70n }
  for (const i of [0, 1, 31, 63, 64, 69])
    expect(() => verifyMerkleInclusion(entryOf(i, String(i)), checkpoint)).not.toThrow()
  expect(() => verifyMerkleInclusion(entryOf(5, 'changed'), checkpoint)).toThrow()
})

test('kill -9 while appending loses no acknowledged entry and never forks', async () => {
  const data = folder()
  const program = `import { Ledger } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const ledger = await Ledger.open(${JSON.stringify(data)}, 'datong.test/log')
    for (let i = 0; ; i++) { const r = await ledger.append(new TextEncoder().encode(process.argv[1] + ':' + i)); process.stdout.write(r.index + ' ' + r.leafHash + '\\n') }`
  const acknowledged = new Map<number, string>()
  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, String(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
    })
    await new Promise<void>((done) => {
      const timer = setInterval(() => {
        if (said.split('\n').length > 5 + round * 3) {
          clearInterval(timer)
          child.kill('SIGKILL')
        }
      }, 3)
      child.on('exit', () => done())
    })
    for (const line of said.split('\n').slice(0, -1)) {
      const [index, hash] = line.split(' ') as [string, string]
      expect(acknowledged.get(Number(index)) ?? hash).toBe(hash)
      acknowledged.set(Number(index), hash)
    }
    expect((await verifyLedger(data)).ok).toBe(true)
  }
  const ledger = await Ledger.open(data, '')
  const { size, root } = ledger.status()
  expect(acknowledged.size).toBeGreaterThan(30)
  for (const [index, hash] of acknowledged)
    expect(verifyInclusion(BigInt(index), BigInt(size), decode(hash), ledger.prove(index), decode(root))).toBe(true)
})

test('a commitment opens with its key and with nothing else', async () => {
  const data = folder()
  const { entry, keyRef } = await commit(data, 'run-result', 'run', 'bytes')
  const key = readFileSync(join(data, 'keys', 'records', keyRef))
  expect(opens(entry, 'bytes', key)).toBe(true)
  expect(opens(entry, 'byteS', key)).toBe(false)
  expect(opens(entry, 'bytes', Buffer.alloc(32))).toBe(false)
  expect(new TextDecoder().decode(entry)).not.toContain(key.toString('base64'))
  expect(readdirSync(join(data, 'keys', 'records'))).toEqual([keyRef])
})

test('consistency proofs hold between every two sizes', () => {
  const leaves = Array.from({ length: 40 }, (_, i) => leafHash(bytes(String(i))))
  for (let n = 1; n <= 40; n++)
    for (let m = 1; m <= n; m++)
      expect(
        verifyConsistency(
          BigInt(m),
          BigInt(n),
          rootOf(leaves, 0, m),
          rootOf(leaves, 0, n),
          consistencyProof(leaves.slice(0, n), m),
        ),
      ).toBe(true)
})
