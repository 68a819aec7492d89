import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fault } from '../core/index.ts'

/** A data directory held by this process. */
export interface Held extends AsyncDisposable {
  readonly path: string
}
interface Holder {
  readonly pid: number
  /** When the process began, as the system tells it: a later process with the same id is another one. */
  readonly began: string
}

/**
 * Makes this process the only writer of a data directory. Throws `store.in-use` with the holder's process id.
 * A lock whose process is gone (a crash) is taken over.
 */
export async function holdDirectory(dataDir: string): Promise<Held> {
  await mkdir(dataDir, { recursive: true })
  const lock = join(dataDir, 'lock')
  const mine = join(dataDir, `lock.${process.pid}`)
  await writeFile(mine, JSON.stringify({ pid: process.pid, began: began(process.pid) } satisfies Holder))
  try {
    for (let attempt = 0; ; attempt++) {
      // a hard link is made or refused at once, and the lock is never seen half written
      const taken = await link(mine, lock).then(
        () => true,
        () => false,
      )
      if (taken) break
      const holder = await holderOf(lock)
      if (attempt > 2 || (holder !== undefined && alive(holder)))
        throw fault('store.in-use', { path: dataDir, pid: holder?.pid ?? 0 })
      await putAside(lock, `${mine}.stale`)
    }
  } finally {
    await rm(mine, { force: true })
  }
  return { path: dataDir, [Symbol.asyncDispose]: () => rm(lock, { force: true }) }
}

/** Takes a stale lock away. Whoever else saw it stale may have taken it over meanwhile: a living one is put back. */
async function putAside(lock: string, aside: string): Promise<void> {
  await rename(lock, aside).catch(ignoreMissing)
  const holder = await holderOf(aside)
  if (holder !== undefined && alive(holder)) await link(aside, lock).catch(() => {})
  await rm(aside, { force: true })
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

async function holderOf(lock: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lock, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function alive({ pid, began: since }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = began(pid)
  return now !== gone && (now === '' || since === '' || now === since)
}

/** Stands for a process that has ended and that its parent has not yet asked about. */
const gone = 'gone'

/** Start time of a process in clock ticks since boot (field 22 of /proc/<pid>/stat); empty where the system has no /proc. */
function began(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? gone : (fields[19] ?? '')
  } catch {
    return ''
  }
}
