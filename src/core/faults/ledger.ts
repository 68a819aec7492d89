import type { FaultTable } from '../fault.ts'

export const ledgerFaults = {} as const satisfies FaultTable
