export { type Commitment, commit, opens } from './commit.ts'
export { Ledger, type LedgerStatus, ledgerHead, longestEntry, type Receipt } from './log.ts'
export { openNote, parseCheckpoint, parseVerifierKey, signNote, verifierKey } from './note.ts'
export { tilePath, tilesOf } from './tile.ts'
export {
  consistencyProof,
  emptyRoot,
  type Hash,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts'
export { type LedgerCheck, verifyLedger } from './verify.ts'
