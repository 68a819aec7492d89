import type { FaultTable } from '../fault.ts'

export const accessFaults = {} as const satisfies FaultTable
