import { z } from 'zod'
import { Words } from '../source/contract.ts'

export const EntityKind = z.enum(['person', 'enterprise'])
export type EntityKind = z.infer<typeof EntityKind>

/** How many entities of a kind were found, and how they stand across departments. */
export const KindSummary = z.object({
  kind: EntityKind,
  records: z.int(),
  /** Records that carry a usable strong identifier. */
  identified: z.int(),
  entities: z.int(),
  /** Entities seen in two or more departments. */
  shared: z.int(),
  /** Entities whose departments contradict each other in at least one field. */
  contradicting: z.int(),
  /** Records held back because identifiers or names contradict: for people to decide. */
  heldBack: z.int(),
})
export type KindSummary = z.infer<typeof KindSummary>

/** A case worth showing: one ID number with many accounts, one firm with many versions. */
export const Oddity = z.object({
  id: z.string(),
  kind: z.enum([
    'one-number-many-accounts',
    'one-firm-many-versions',
    'one-number-many-names',
    'cancelled-here-active-there',
  ]),
  entityKind: EntityKind,
  entity: z.string().nullable(),
  /** Size of the case: accounts, versions, names. */
  size: z.int(),
  departments: z.array(z.string()),
  words: Words,
})
export type Oddity = z.infer<typeof Oddity>

/** One value of an entity's field with the records that say so. */
export const FieldVersion = z.object({
  value: z.string(),
  sources: z.array(z.object({ department: z.string(), dataset: z.string(), record: z.string() })),
})

/** An entity with its versions side by side. The golden value is computed at read. */
export const EntityView = z.object({
  kind: EntityKind,
  id: z.string(),
  title: z.string(),
  records: z.array(z.object({ department: z.string(), dataset: z.string(), record: z.string(), row: z.int() })),
  fields: z.array(
    z.object({
      field: z.string(),
      name: Words,
      golden: z.string().nullable(),
      /** Why this value won. */
      why: Words,
      versions: z.array(FieldVersion),
      /** Values that stay different once written alike; 1 when the sources agree. */
      variants: z.int(),
      /** True for facts on which sources should not differ; a second phone or a later address is no contradiction. */
      steady: z.boolean(),
    }),
  ),
})
export type EntityView = z.infer<typeof EntityView>
