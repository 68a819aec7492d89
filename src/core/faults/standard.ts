import type { FaultTable } from '../fault.ts'

export const standardFaults = {} as const satisfies FaultTable
