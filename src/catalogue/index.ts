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
