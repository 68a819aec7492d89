import type { FaultTable } from '../fault.ts'

export const httpFaults = {} as const satisfies FaultTable
