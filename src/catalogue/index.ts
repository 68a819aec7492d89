export * from './contract.ts'
export { inferType, shapeOf } from './infer.ts'
export {
  isFilled,
  isNullToken,
  type ProfileOptions,
  planCounts,
  planSample,
  profileDataset,
  profileDefaults,
} from './profile.ts'
export { type FoundVersion, listVersions, recordCatalogue, type VersionRecord } from './store.ts'
export { catalogueMigrations } from './tables.ts'
