import type { EntityView } from '../../../../src/identity/contract.ts'

type Field = EntityView['fields'][number]

/** A dataset that speaks of the entity. */
export interface Source {
  readonly department: string
  readonly dataset: string
  readonly records: number
}

/** Sources in the order of the records, each with how many records it has. */
export function sourcesOf(records: EntityView['records']): Source[] {
  const groups = Map.groupBy(records, ({ department, dataset }) => JSON.stringify([department, dataset]))
  return [...groups.values()].map((own) => ({
    department: own[0]!.department,
    dataset: own[0]!.dataset,
    records: own.length,
  }))
}

/** What one source says of a field: the version's number, from 1, and how many of its records say so. */
export interface Saying {
  readonly version: number
  readonly value: string
  readonly records: number
}

export function sayingsOf(field: Field, source: Source): Saying[] {
  return field.versions.flatMap(({ value, sources }, index) => {
    const records = sources.filter((s) => s.department === source.department && s.dataset === source.dataset).length
    return records === 0 ? [] : [{ version: index + 1, value, records }]
  })
}
