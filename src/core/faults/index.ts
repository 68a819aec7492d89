import { accessFaults } from './access.ts'
import { appFaults } from './app.ts'
import { catalogueFaults } from './catalogue.ts'
import { cliFaults } from './cli.ts'
import { coreFaults } from './core.ts'
import { engineFaults } from './engine.ts'
import { httpFaults } from './http.ts'
import { identityFaults } from './identity.ts'
import { ledgerFaults } from './ledger.ts'
import { qualityFaults } from './quality.ts'
import { reportFaults } from './report.ts'
import { sampleFaults } from './sample.ts'
import { sourceFaults } from './source.ts'
import { standardFaults } from './standard.ts'
import { storeFaults } from './store.ts'
import { workFaults } from './work.ts'

/** The one table of faults, a part per room. */
export const faults = {
  ...coreFaults,
  ...storeFaults,
  ...engineFaults,
  ...ledgerFaults,
  ...accessFaults,
  ...workFaults,
  ...sourceFaults,
  ...catalogueFaults,
  ...standardFaults,
  ...qualityFaults,
  ...identityFaults,
  ...sampleFaults,
  ...reportFaults,
  ...httpFaults,
  ...cliFaults,
  ...appFaults,
} as const

export type Faults = typeof faults
