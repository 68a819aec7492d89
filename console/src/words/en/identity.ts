import type { SameKeys } from '../shape.ts'
import type { identity as zh } from '../zh-CN/identity.ts'

export const identity = {
  entity: {
    title: 'Entities',
    kind: 'Kind',
    kinds: { enterprise: 'Enterprises', person: 'People' },
    caption: { enterprise: 'Enterprises', person: 'People' },
    search: {
      enterprise: 'Find by name, credit code or id',
      person: 'Find by name, ID number or id (kept out of the address)',
    },
    none: 'No entities across departments',
    'none-why': 'No valid ID number or credit code was found in the data of the departments.',
    'none-found': 'Nothing found',
    'none-found-why': {
      enterprise: 'A part of the name is enough; a credit code must be whole.',
      person: 'A part of the name is enough; an ID number must be whole.',
    },
    name: 'Name',
    'no-name': '(no name)',
    id: 'Id',
    agreement: 'Departments',
    agrees: 'agree',
    contradicts: '{{n}} contradictions',
    contradiction: '{{n}} versions, contradicting',
    several: '{{n}} versions',
    'written-differently': 'valid values agree',
    'side-by-side': 'Sources side by side',
    spread: 'departments: {{departments}}, records: {{records}}',
    records: 'Records',
    'record-key': 'Record',
    field: 'Item',
    golden: 'Golden value',
    'no-golden': 'no value can be trusted',
    'n-records': '{{n}} records',
    version: 'version {{n}}',
  },
} as const satisfies SameKeys<typeof zh>
