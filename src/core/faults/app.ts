import type { FaultTable } from '../fault.ts'

export const appFaults = {} as const satisfies FaultTable
