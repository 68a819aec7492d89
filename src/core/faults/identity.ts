import type { FaultTable } from '../fault.ts'

export const identityFaults = {
  'identity.no-entity': { status: 404, retry: false, zh: '没有主体 {id}。', en: 'There is no entity {id}.' },
} as const satisfies FaultTable
