import type { FaultTable } from '../fault.ts'

export const engineFaults = {} as const satisfies FaultTable
