import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../src/report/index.ts'
import { versionFolder } from '../src/source/index.ts'
import { type Governed, governedCity, scratchFolder } from './fixture.ts'
import { type Judge, mustRefuse } from './judge.ts'
import { askPython } from './tools.ts'

interface Read {
  readonly rows: number
  readonly cells: number
  readonly against: readonly string[]
}
const kinds = new Set(['csv', 'ndjson', 'xlsx'])

/** Every file of the example city is what it says it is, and what we loaded of it is what others read in it. */
export const sampleFiles: Judge = {
  name: 'sample',
  program: 'openpyxl 3.1.5 and the codecs, csv, zipfile and gzip modules of Python',
  async run() {
    const governed = await governedCity()
    const files = governed.result.datasets.filter((d) => kinds.has(d.origin.format)).map((d) => question(governed, d))
    const gb18030 = files.find((f) => f.encoding === 'gb18030')!
    const read = await askPython<Read[]>('sample.py', [...files, spoiled(gb18030)])
    return [
      ...files.map(({ path, sheet, encoding, packing }, i) => {
        const what = [path.slice(governed.city.length + 1), sheet, encoding, packing].filter((w) => w && w !== 'none')
        const { rows, cells, against } = read[i]!
        return { judged: `${what.join(' · ')}: ${rows} rows, ${cells} cells`, against }
      }),
      mustRefuse('a GB18030 file', read.at(-1)!.against.length > 0),
    ]
  },
}

function question({ city, data, result }: Governed, dataset: Result['datasets'][number]) {
  const { origin, department, version } = dataset
  const folder = versionFolder({ department, dataset: dataset.dataset, version } as Parameters<typeof versionFolder>[0])
  const broken = result.findings.filter((f) => f.place.file === origin.path && f.severity !== 'note')
  return {
    ...origin,
    path: join(city, origin.path),
    lake: join(data, 'lake', folder, 'part-0.parquet'),
    unreadable: broken.length,
  }
}

function spoiled<T extends { readonly path: string }>(file: T): T {
  const path = scratchFolder('spoiled-gb18030.csv')
  writeFileSync(path, Buffer.concat([readFileSync(file.path), Uint8Array.of(0x81, 0xff)]))
  return { ...file, path }
}
