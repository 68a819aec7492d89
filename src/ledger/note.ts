import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Hash } from './tree.ts'

/** c2sp.org/signed-note: text, a blank line, signature lines `— name base64(keyID ‖ signature)`. */
const ed25519 = 0x01

/** Key id: first four bytes of SHA-256(name ‖ "\n" ‖ type ‖ public key). */
export function keyId(name: string, publicKey: Uint8Array): Buffer {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(ed25519))
    .update(publicKey)
    .digest()
    .subarray(0, 4)
}

/** Verifier key: name+hex(id)+base64(type ‖ public key). */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  return `${name}+${keyId(name, publicKey).toString('hex')}+${Buffer.concat([Uint8Array.of(ed25519), publicKey]).toString('base64')}`
}

export interface Verifier {
  readonly name: string
  readonly id: Buffer
  readonly key: KeyObject
}
export function parseVerifierKey(vkey: string): Verifier | undefined {
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey)
  if (!found) return undefined
  const [, name, id, encoded] = found
  const bytes = Buffer.from(encoded!, 'base64')
  if (bytes.length !== 33 || bytes[0] !== ed25519 || keyId(name!, bytes.subarray(1)).toString('hex') !== id)
    return undefined
  return { name: name!, id: Buffer.from(id!, 'hex'), key: publicKeyOf(bytes.subarray(1)) }
}

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')
export function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' })
}
export function rawPublicKey(key: KeyObject): Buffer {
  return (createPublicKey(key).export({ format: 'der', type: 'spki' }) as Buffer).subarray(-32)
}
export const privateKeyOf = (pem: string): KeyObject => createPrivateKey(pem)

/** Signs a text, which must end in a newline. */
export function signNote(text: string, name: string, key: KeyObject): string {
  const signature = Buffer.concat([keyId(name, rawPublicKey(key)), sign(null, Buffer.from(text), key)])
  return `${text}\n— ${name} ${signature.toString('base64')}\n`
}

/** The text of a note that the verifier signed; undefined when it did not, or when a signature of its does not hold. */
export function openNote(note: string, verifier: Verifier): string | undefined {
  const split = note.lastIndexOf('\n\n')
  if (split < 0) return undefined
  const text = note.slice(0, split + 1)
  const own = note
    .slice(split + 2)
    .split('\n')
    .filter((line) => line.startsWith(`— ${verifier.name} `))
  const signatures = own
    .map((line) => Buffer.from(line.split(' ')[2] ?? '', 'base64'))
    .filter((s) => s.subarray(0, 4).equals(verifier.id))
  if (signatures.length === 0) return undefined
  return signatures.every((s) => verify(null, Buffer.from(text), verifier.key, s.subarray(4))) ? text : undefined
}

/** c2sp.org/tlog-checkpoint: origin, decimal size, base64 root. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Hash
}
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const [origin, size, root] = text.split('\n')
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? '')) return undefined
  const bytes = Buffer.from(root ?? '', 'base64')
  return bytes.length === 32 ? { origin, size: Number(size), root: new Uint8Array(bytes) } : undefined
}
