import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { flush } from '../../core/index.ts'

/** How a new database is made. 1 MB pieces of write-ahead log instead of 16 keep an empty database small. */
const initdb = ['--wal-segsize=1']
const form = 1

/** The prepared database of this very PGlite; another version's is never taken. */
export const snapshotName = `store-${pgliteVersion()}-${form}-${tag(initdb.join(' '))}.zst`

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  return (JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8')) as { version: string }).version
}
function tag(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** Where a prepared database may lie: in `dist`, seen from the source or from the compiled program within it. */
const snapshotPlaces = ['../../../dist/', '../../../'].map((up) =>
  fileURLToPath(new URL(`${up}${snapshotName}`, import.meta.url)),
)

/**
 * Makes `folder` hold a database when it holds none. It appears whole or not at all: a crash on the way leaves
 * a folder `….part-*`, which the next start removes.
 */
export async function provide(folder: string, places: readonly string[] = snapshotPlaces): Promise<void> {
  await clearParts(folder)
  if (existsSync(join(folder, 'PG_VERSION'))) return
  const part = `${folder}.part-${randomUUID()}`
  const prepared = places.find((path) => existsSync(path))
  try {
    if (prepared === undefined || !(await unpack(prepared, part))) await initialise(part)
    await syncAll(part)
    await rename(part, folder)
    await flush(dirname(folder))
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw error
  }
}

async function clearParts(folder: string): Promise<void> {
  const above = dirname(folder)
  await mkdir(above, { recursive: true })
  const start = `${relative(above, folder)}.part-`
  for (const name of await readdir(above))
    if (name.startsWith(start)) await rm(join(above, name), { recursive: true, force: true })
}

/** A new database, from nothing. */
async function initialise(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 })
  const db = await PGlite.create({ dataDir: folder, initDbStartParams: initdb })
  await db.close()
}

interface Contents {
  readonly folders: readonly string[]
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

/** Writes the prepared database to `folder/<snapshotName>`, unless it is there already. */
export async function prepareSnapshot(folder: string): Promise<void> {
  const path = join(folder, snapshotName)
  if (existsSync(path)) return
  const scratch = await mkdtemp(join(tmpdir(), 'datong-store-'))
  try {
    const made = join(scratch, 'store')
    await initialise(made)
    await mkdir(folder, { recursive: true })
    await writeFile(`${path}.part`, await pack(made))
    await rename(`${path}.part`, path)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** A folder as one piece: a line of JSON that lists it, then the bytes of its files, compressed. */
async function pack(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const pathOf = (entry: (typeof entries)[number]): string => relative(folder, join(entry.parentPath, entry.name))
  const folders = entries.filter((e) => e.isDirectory()).map(pathOf)
  const paths = entries.filter((e) => e.isFile()).map(pathOf)
  const bytes = await Promise.all(paths.map((path) => readFile(join(folder, path))))
  const contents: Contents = {
    folders: folders.sort(),
    files: paths.map((path, i) => ({ path, size: bytes[i]!.length })),
  }
  const whole = Buffer.concat([Buffer.from(`${JSON.stringify(contents)}\n`), ...bytes])
  return await promisify(zstdCompress)(whole, { params: { [constants.ZSTD_c_compressionLevel]: 15 } })
}

/** False when the piece is not whole; then nothing of it stays. What the system refuses (a full disk) is thrown. */
async function unpack(path: string, folder: string): Promise<boolean> {
  try {
    const whole = await promisify(zstdDecompress)(await readFile(path))
    const end = whole.indexOf(10)
    const { folders, files } = JSON.parse(whole.subarray(0, end).toString()) as Contents
    await mkdir(folder, { mode: 0o700 })
    for (const name of folders) await mkdir(join(folder, name), { mode: 0o700 })
    let at = end + 1
    await inTurns(files, async ({ path: name, size }) => {
      const bytes = whole.subarray(at, at + size)
      at += size
      await writeFile(join(folder, name), bytes, { mode: 0o600 })
    })
    if (at === whole.length) return true
  } catch (error) {
    if (/^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  await rm(folder, { recursive: true, force: true })
  return false
}

/** Files and folders to the disk: what later relies on them must not outlive them. */
async function syncAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  await inTurns([...entries.map((e) => join(e.parentPath, e.name)), folder], (path) => flush(path))
}

/** As many at a time as file operations run beside each other. Each begins in the order of the list. */
async function inTurns<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    for (let item = list[next++]; item !== undefined; item = list[next++]) await work(item)
  }
  await Promise.all(Array.from({ length: 8 }, lane))
}
