import type { FaultTable } from '../fault.ts'

export const catalogueFaults = {} as const satisfies FaultTable
