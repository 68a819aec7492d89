import { canonicalJson, sha256 } from '../core/index.ts'
import type { Result } from './contract.ts'

/** The bytes that stand for a result as evidence: canonical JSON of everything but the run's own id, times and this hash. */
export function evidenceBytes(result: Omit<Result, 'run' | 'evidence'>): string {
  const { run: _run, evidence: _evidence, ...rest } = result as Result
  return canonicalJson(rest)
}

/** SHA-256 over {@link evidenceBytes}, lower-case hexadecimal. The same input gives the same hash, whenever it is governed. */
export function evidenceHash(result: Omit<Result, 'run' | 'evidence'>): string {
  return sha256(evidenceBytes(result))
}
