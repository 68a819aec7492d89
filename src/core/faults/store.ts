import type { FaultTable } from '../fault.ts'

export const storeFaults = {} as const satisfies FaultTable
