/** Writes `schema/result-1.json` from the schema that the program itself uses. A test holds the two in step. */
import { writeFileSync } from 'node:fs'
import { resultSchema } from '../src/report/index.ts'

writeFileSync(new URL('../schema/result-1.json', import.meta.url), `${JSON.stringify(resultSchema(), null, 2)}\n`)
