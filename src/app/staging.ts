import { existsSync, renameSync } from 'node:fs'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Where a run puts its output together: beside the place it will take, so that one renaming publishes it. */
export function stagingOf(out: string, run: string): string {
  return join(dirname(out), `.${basename(out)}.part-${run.slice(0, 8)}`)
}
const stagingName = /^\.(.*)\.part-[0-9a-f]{8}$/
const earlierOf = (staging: string): string => `${staging}.earlier`

/** A file inside a run's scratch folder that says where the run stages its output. */
export const stagingNote = 'staging'

/** Puts a finished folder in the place of another; the earlier one goes only after the new one stands. */
export async function replaceFolder(from: string, to: string): Promise<void> {
  // at once, so that nothing of this process comes between; a kill between the two is mended by `clearLeftovers`
  if (existsSync(to)) renameSync(to, earlierOf(from))
  renameSync(from, to)
  await rm(earlierOf(from), { recursive: true, force: true })
}

/**
 * Removes what killed runs left. The caller has just taken the data directory, so whatever lies in `spill` belongs to nobody.
 * An output folder that was moved aside and not replaced comes back.
 */
export async function clearLeftovers(spill: string): Promise<void> {
  for (const name of await readdir(spill).catch(() => [])) {
    const staging = await readFile(join(spill, name, stagingNote), 'utf8').catch(() => undefined)
    if (staging !== undefined && stagingName.test(basename(staging))) await clearStaging(staging)
    await rm(join(spill, name), { recursive: true, force: true })
  }
}

async function clearStaging(staging: string): Promise<void> {
  const out = join(dirname(staging), basename(staging).replace(stagingName, '$1'))
  const earlier = earlierOf(staging)
  if (existsSync(earlier) && !existsSync(out)) await rename(earlier, out)
  await rm(earlier, { recursive: true, force: true })
  await rm(staging, { recursive: true, force: true })
}
