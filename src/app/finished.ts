import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../core/index.ts'
import { planSources } from '../identity/index.ts'
import type { Result } from '../report/index.ts'
import { versionFolder } from '../source/index.ts'
import { type Finished, places, resultFiles, type Studied } from './workspace.ts'

/** Which run is the latest finished one of a data directory; undefined when there is none. */
export async function currentRun(data: string): Promise<string | undefined> {
  const pointer = await readFile(places(data).current, 'utf8').catch(() => undefined)
  return pointer === undefined ? undefined : (JSON.parse(pointer) as { run: string }).run
}

/** The latest finished run of a data directory; undefined when there is none. */
export async function latestRun(data: string): Promise<Finished | undefined> {
  const { results, lake } = places(data)
  const run = await currentRun(data)
  if (run === undefined) return undefined
  const folder = join(results, run)
  const result = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')) as Result
  const { today, studied } = JSON.parse(await readFile(join(folder, 'studied.json'), 'utf8')) as {
    today: string
    studied: Studied[]
  }
  const here = studied.map((s) => relocated(s, lake))
  const sources = planSources(
    here.map(({ version, bindings, profile }) => ({ table: version.table, bindings, profile })),
    today,
  )
  return { result, studied: here, sources, files: resultFiles(folder), today }
}

/** As `latestRun`; throws `app.no-run` when there is none. */
export async function requireRun(data: string): Promise<Finished> {
  const run = await latestRun(data)
  if (run === undefined) throw fault('app.no-run', { path: data })
  return run
}

/** Paths follow the data directory, so that it may be moved. */
function relocated(studied: Studied, lake: string): Studied {
  const { table } = studied.version
  const path = join(lake, versionFolder(table), 'part-0.parquet')
  return {
    ...studied,
    version: { ...studied.version, table: { ...table, files: [{ path, rows: studied.version.rows }] } },
  }
}

/** The dataset of a run by department and name; throws `app.no-dataset`. */
export function findDataset(run: Finished, department: string, dataset: string): Studied {
  const found = run.studied.find(
    ({ version: { table } }) => table.department === department && table.dataset === dataset,
  )
  if (found === undefined) throw fault('app.no-dataset', { name: `${department}/${dataset}` })
  return found
}
