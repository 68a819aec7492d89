import type { FaultTable } from '../fault.ts'

export const sourceFaults = {} as const satisfies FaultTable
