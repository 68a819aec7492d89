import type { FaultTable } from '../fault.ts'

export const reportFaults = {} as const satisfies FaultTable
