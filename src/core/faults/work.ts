import type { FaultTable } from '../fault.ts'

export const workFaults = {} as const satisfies FaultTable
