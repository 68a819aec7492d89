import { z } from 'zod'

/** The ledger as HTTP and the console see it. */
export const LedgerState = z.object({ origin: z.string(), size: z.int(), root: z.string(), vkey: z.string() })
export type LedgerState = z.infer<typeof LedgerState>
