import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../core/index.ts'

/** An entry never holds data: kind, and a commitment under a key that is kept outside the log and can be destroyed. */
export interface Commitment {
  readonly entry: Uint8Array
  /** Name of the key file below `keys/records`. */
  readonly keyRef: string
}

const hmac = (key: Uint8Array, bytes: string): Buffer => createHmac('sha256', key).update(bytes).digest()

/** Commits to bytes with a fresh random key, stored (0600) before the entry may be appended. */
export async function commit(dataDir: string, kind: string, subject: string, bytes: string): Promise<Commitment> {
  const key = randomBytes(32)
  const keyRef = randomBytes(12).toString('hex')
  const folder = join(dataDir, 'keys', 'records')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(join(folder, keyRef), key, { mode: 0o600 })
  const entry = canonicalJson({ commitment: hmac(key, bytes).toString('base64'), key: keyRef, kind, subject })
  return { entry: new TextEncoder().encode(entry), keyRef }
}

/** True when the entry is the commitment to these bytes under this key. */
export function opens(entry: Uint8Array, bytes: string, key: Uint8Array): boolean {
  const { commitment } = JSON.parse(new TextDecoder().decode(entry)) as { commitment: string }
  const stated = Buffer.from(commitment, 'base64')
  const computed = hmac(key, bytes)
  return stated.length === computed.length && timingSafeEqual(stated, computed)
}
