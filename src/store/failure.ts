import { Fault, fault } from '../core/index.ts'

/** What PostgreSQL says of an error: SQLSTATE and the constraint's name. Its message may quote values and is never shown. */
interface ServerError {
  readonly code?: string
  readonly constraint?: string
}

/** SQLSTATE classes and codes (PostgreSQL, appendix A) that mean something to us. */
const meanings: readonly (readonly [pattern: RegExp, make: (state: string, error: ServerError) => Fault])[] = [
  [/^(22021|22P05)$/, (_, cause) => fault('store.bad-text', {}, { cause })],
  [/^(40001|40P01|55P03|57014)$/, (state, cause) => fault('store.busy', { state }, { cause })],
  [/^23/, (state, cause) => fault('store.constraint', { state, name: cause.constraint ?? '' }, { cause })],
  [/^(53100|53200)$/, (state, cause) => fault('store.no-space', { path: state }, { cause })],
  [/^42501$/, (state, cause) => fault('store.not-allowed', { state }, { cause })],
  [/^(57P0.|08...)$/, (state, cause) => fault('store.lost', { why: state }, { cause })],
]

/** Statements of a transaction that ended so did nothing, and may be run again from its beginning. */
export function mayRunAgain(error: unknown): boolean {
  return error instanceof Fault && error.code === 'store.busy' && /^40/.test(String(error.particulars['state']))
}

/** An error of a running statement as a fault. */
export function statementFault(error: unknown): Fault {
  if (error instanceof Fault) return error
  const { code = '' } = error as ServerError
  if (!/^[0-9A-Z]{5}$/.test(code)) return fault('store.lost', { why: code || 'closed' }, { cause: error })
  const found = meanings.find(([pattern]) => pattern.test(code))
  return found ? found[1](code, error as ServerError) : fault('store.query-failed', { state: code }, { cause: error })
}

/** An error of connecting as a fault. The driver's message may name the user; only codes are shown. */
export function connectFault(error: unknown, address: string): Fault {
  if (error instanceof Fault) return error
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  const options = { cause: error }
  if (/^28/.test(code) || /password|SASL|SCRAM/.test(message)) return fault('store.refused', { address }, options)
  if (code === '3D000') return fault('store.no-database', { address }, options)
  if (/timeout exceeded/.test(message)) return fault('store.busy', { state: 'timeout' }, options)
  return fault('store.unreachable', { address, why: code || reasonOf(message) }, options)
}

function reasonOf(message: string): string {
  return /timeout/i.test(message) ? 'timeout' : /SSL|TLS/.test(message) ? 'TLS' : 'connection closed'
}
