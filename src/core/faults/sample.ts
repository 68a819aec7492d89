import type { FaultTable } from '../fault.ts'

export const sampleFaults = {} as const satisfies FaultTable
