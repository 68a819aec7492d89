import { app } from './app.ts'
import { catalogue } from './catalogue.ts'
import { identity } from './identity.ts'
import { report } from './report.ts'
import { work } from './work.ts'

export const en = { ...app, ...report, ...catalogue, ...identity, ...work } as const
