import { asFault } from '../core/index.ts'
import { type Engine, values } from '../engine/index.ts'
import { ledgerHead } from '../ledger/index.ts'
import type { Store } from '../store/index.ts'

/** Whether store, engine and ledger answer, each asked something small. A ledger that was never begun is no fault. */
export async function allAnswer(parts: {
  readonly store: Store
  readonly engine: Engine
  readonly data: string
}): Promise<boolean> {
  const asked = await Promise.allSettled([parts.store.check(), engineAnswers(parts.engine), ledgerAnswers(parts.data)])
  return asked.every(({ status }) => status === 'fulfilled')
}

async function engineAnswers(engine: Engine): Promise<void> {
  await using session = await engine.open()
  await session.rows(values([['one', 'bigint']], [[1]]))
}

async function ledgerAnswers(data: string): Promise<void> {
  await ledgerHead(data).catch((error: unknown) => {
    if (asFault(error).code !== 'ledger.none') throw error
  })
}
