import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { openEngine } from '../src/engine/index.ts'
import { loadFolder } from '../src/source/index.ts'
import { median, type Outcome, type Part, type Request } from './benchmark.ts'
import { datong } from './process.ts'

const people = 300_000
const memory = '2GB'
const threads = availableParallelism()

/**
 * The same CSV into Parquet by the lake's loader and by DuckDB alone, in turn, in this process: same threads, memory, compression,
 * every column as text in both, DuckDB with its own detection of delimiter and header. The loader also hashes the file,
 * detects its encoding and keeps record numbers.
 */
export const loadPart: Part = {
  name: 'load-csv',
  means: 'CSV into the lake beside read_csv → Parquet of DuckDB itself',
  measure,
}

async function measure({ scratch, runs, say }: Request): Promise<Outcome> {
  const city = join(scratch, 'city')
  await datong(['demo', city, '--people', `${people}`, '--enterprises', '1000', '--seed', '7', '--quiet'])
  const utf8 = await alone(join(city, '卫生健康委员会', '就诊记录.csv'), join(scratch, 'utf8'))
  const gb = await alone(join(city, '人力资源和社会保障局', '参保登记.csv'), join(scratch, 'gb18030'))
  const twin = await transcoded(gb, join(scratch, 'twin'))
  const [ours, theirs, ratios, chinese, same] = [[], [], [], [], []] as number[][] as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ]
  for (let i = 0; i < runs; i++) {
    theirs.push(await rival(utf8.file, join(scratch, 'rival.parquet')))
    ours.push(await lake(utf8.folder, join(scratch, 'lake')))
    ratios.push(ours.at(-1)! / theirs.at(-1)!)
    chinese.push(await lake(gb.folder, join(scratch, 'lake')))
    same.push(await lake(twin.folder, join(scratch, 'lake')))
    say(
      `lake ${ours.at(-1)!.toFixed(2)} s, DuckDB ${theirs.at(-1)!.toFixed(2)} s; GB18030 ${chinese.at(-1)!.toFixed(2)} s`,
    )
  }
  const size = async (file: string): Promise<string> => `${((await stat(file)).size / 1e6).toFixed(0)} MB`
  return {
    command: 'npm run bench -- govern --only load-csv',
    data: `example city (synthetic), seed 7, ${people} people: 就诊记录.csv in UTF-8 (${await size(utf8.file)}), 参保登记.csv in GB18030 (${await size(gb.file)}) and the same in UTF-8`,
    figures: [
      { what: 'UTF-8 CSV into the lake', values: ours, unit: 's' },
      { what: 'the same file by DuckDB `read_csv` → Parquet', values: theirs, unit: 's' },
      { what: 'lake ÷ DuckDB', values: [median(ratios)], unit: '×', bar: 1.3 },
      { what: 'GB18030 CSV into the lake', values: chinese, unit: 's' },
      { what: 'its twin in UTF-8 into the lake', values: same, unit: 's' },
    ],
  }
}

interface Alone {
  readonly folder: string
  readonly file: string
}
async function alone(from: string, folder: string): Promise<Alone> {
  await mkdir(folder)
  const file = join(folder, 'table.csv')
  await cp(from, file)
  return { folder, file }
}
async function transcoded({ file }: Alone, folder: string): Promise<Alone> {
  await mkdir(folder)
  const target = join(folder, 'table.csv')
  await writeFile(target, new TextDecoder('gb18030').decode(await readFile(file)))
  return { folder, file: target }
}

async function lake(folder: string, into: string): Promise<number> {
  await using engine = await openEngine({ threads, memory })
  await using session = await engine.open()
  const began = performance.now()
  await loadFolder({ session, folder, lake: into, scratch: `${into}-scratch` })
  const seconds = (performance.now() - began) / 1000
  await rm(into, { recursive: true })
  return seconds
}

async function rival(file: string, target: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads), memory_limit: memory })
  const connection = await instance.connect()
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
  const began = performance.now()
  await connection.run(
    `COPY (SELECT * FROM read_csv(${text(file)}, all_varchar = true)) TO ${text(target)} (FORMAT parquet, COMPRESSION zstd)`,
  )
  const seconds = (performance.now() - began) / 1000
  instance.closeSync()
  await rm(target)
  return seconds
}
