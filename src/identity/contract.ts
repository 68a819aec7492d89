import { z } from 'zod'
import { Words } from '../source/contract.ts'

export const EntityKind = z.enum(['person', 'enterprise'])
export type EntityKind = z.infer<typeof EntityKind>

/** How many entities of a kind were found, and how they stand across departments. */
export const KindSummary = z.object({
  kind: EntityKind.describe('person 自然人 or enterprise 企业.'),
  records: z.int().describe('Records of the datasets that speak of the kind.'),
  identified: z.int().describe('Mentions with a usable strong identifier: these were joined.'),
  entities: z.int().describe('Entities found.'),
  shared: z.int().describe('Entities seen in two or more departments.'),
  contradicting: z
    .int()
    .describe(
      'Entities whose departments contradict each other in at least one steady fact (name, sex, birth; name, representative, founding).',
    ),
  heldBack: z.int().describe('Mentions held apart because the names under one number disagree: for people to decide.'),
})
export type KindSummary = z.infer<typeof KindSummary>

/** A case worth showing: one ID number with many accounts, one firm with many versions. */
export const Oddity = z.object({
  id: z.string().describe('Stable within the result.'),
  kind: z
    .enum([
      'one-number-many-accounts',
      'one-firm-many-versions',
      'one-number-many-names',
      'cancelled-here-active-there',
    ])
    .describe('Kind of case.'),
  entityKind: EntityKind.describe('Kind of the entity.'),
  entity: z.string().nullable().describe('Entity as in the cross-reference (来源对照).'),
  size: z.int().describe('Accounts, versions or names.'),
  departments: z.array(z.string()).describe('Departments concerned.'),
  words: Words.describe('The case in words; identifiers are masked.'),
  versions: z
    .array(
      z.object({
        value: z.string().describe('Value as it is compared; masked where sensitive.'),
        departments: z.array(z.string()).describe('Departments that say so.'),
        records: z.int().describe('Records that say so.'),
      }),
    )
    .describe('The versions of a fact, the most frequent first; blank where the case is of another kind.'),
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
