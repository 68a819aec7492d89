/** `npm run guide`: makes the tables inside the guide's pages anew. A test holds them in step with the program. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { withTables } from './tables.ts'

for (const language of ['zh', 'en'] as const) {
  const folder = new URL(`../docs/guide/${language}/`, import.meta.url)
  for (const name of readdirSync(folder)) {
    const file = new URL(name, folder)
    writeFileSync(file, withTables(readFileSync(file, 'utf8'), language))
  }
}
