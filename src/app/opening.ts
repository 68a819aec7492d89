import { type Held, openStore, type Store } from '../store/index.ts'
import { migrations } from './migrations.ts'
import { catchUp } from './record.ts'

/** A store that opens while other work goes on. */
export interface Opening extends AsyncDisposable {
  /** Rejects with the fault that kept it shut. */
  readonly store: Promise<Store>
}

/**
 * Begins to open the store of a data directory. The embedded one takes a second in its own thread, which the first stage
 * of a run hides; a server on the network is waited for, so that a wrong address or password is said at once.
 */
export async function beginOpening(address: string, held: Held, signal?: AbortSignal): Promise<Opening> {
  const unwanted = new AbortController()
  const store = opened(address, held, signal ? AbortSignal.any([signal, unwanted.signal]) : unwanted.signal)
  store.catch(() => {})
  if (address !== 'embedded') await store
  return {
    store,
    [Symbol.asyncDispose]: async () => {
      // a run that failed early does not wait for a store nobody needs
      unwanted.abort()
      const left = await store.catch(() => undefined)
      await left?.[Symbol.asyncDispose]()
    },
  }
}

async function opened(address: string, held: Held, signal: AbortSignal): Promise<Store> {
  const store = await openStore({ address, held, migrations, signal })
  try {
    await catchUp(store, held.path)
    return store
  } catch (error) {
    await store[Symbol.asyncDispose]()
    throw error
  }
}
