import type { FaultTable } from '../fault.ts'

export const cliFaults = {} as const satisfies FaultTable
