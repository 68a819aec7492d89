import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { governedCity, scratchFolder } from './fixture.ts'
import { type Judge, mustRefuse } from './judge.ts'
import { askPython } from './tools.ts'

interface Compared {
  readonly rows: number
  readonly columns: number
  readonly against: readonly string[]
}

/** Golden records and cross-references as Parquet and as CSV hold the same rows for readers that are not ours. */
export const tables: Judge = {
  name: 'tables',
  program: 'pyarrow 26.0.1 and the csv module of Python',
  async run() {
    const { out } = await governedCity()
    const names = ['golden/person', 'golden/enterprise', 'crossref']
    const pairs = names.map((name) => [join(out, `${name}.parquet`), join(out, `${name}.csv`)])
    const spoiled = spoil(join(out, 'crossref.parquet'), join(out, 'crossref.csv'))
    const found = await askPython<Compared[]>('tables.py', [...pairs, spoiled])
    return [
      ...names.map((name, i) => {
        const { rows, columns, against } = found[i]!
        const empty = rows === 0 ? ['no rows'] : []
        return {
          judged: `${name}.parquet and .csv: ${rows} rows of ${columns} columns`,
          against: [...against, ...empty],
        }
      }),
      mustRefuse('a CSV twin', found.at(-1)!.against.length > 0),
    ]
  },
}

function spoil(parquet: string, twin: string): [string, string] {
  const [table, text] = [scratchFolder('spoiled.parquet'), scratchFolder('spoiled.csv')]
  copyFileSync(parquet, table)
  writeFileSync(text, readFileSync(twin, 'utf8').replace('person', 'persom'))
  return [table, text]
}
