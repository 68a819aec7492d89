import type { FaultTable } from '../fault.ts'

export const qualityFaults = {} as const satisfies FaultTable
