import type { FaultTable } from '../fault.ts'

export const identityFaults = {} as const satisfies FaultTable
