import { mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { profileDataset } from '../catalogue/index.ts'
import type { ProfileAnswer, Program, RowsRequest, ServeAnswer, ServeRequest, Settings } from '../cli/index.ts'
import { type Clock, Fault, fault, type Watch } from '../core/index.ts'
import { openEngine } from '../engine/index.ts'
import { verifyLedger } from '../ledger/index.ts'
import { deriveRules, type FailingRow, failingRows } from '../quality/index.ts'
import { writeCity } from '../sample/index.ts'
import { loadFolder } from '../source/index.ts'
import { holdDirectory } from '../store/index.ts'
import { findDataset, latestRun, requireRun } from './finished.ts'
import { type GovernOptions, govern } from './govern.ts'
import { beginOpening } from './opening.ts'
import { serve } from './serve.ts'
import { clearLeftovers } from './staging.ts'
import { places } from './workspace.ts'

/** The default size of the example city. */
export const cityDefaults = { people: 10_000, enterprises: 2_000, seed: 7 } as const

/** Everything Datong does, as the command line asks for it. */
export function makeProgram(version: string, clock: Clock): Program {
  return {
    version,
    async govern({ folder, out, language, settings }, watch) {
      await using held = await holdDirectory(dataOf(settings))
      await clearLeftovers(places(dataOf(settings)).spill)
      await using opening = await beginOpening(settings.store.value, held, watch.signal)
      const options = { ...governOptions(settings, version, clock), folder, out, language, store: opening.store }
      const result = await govern(options, watch)
      return { result, out: resolve(out) }
    },
    demo: (request, watch) => writeCity({ ...request, watch }),
    serve: (request, watch) => serveProgram(request, version, clock, watch),
    profile: ({ file, settings }, watch) => profileFile(file, settings, watch),
    rows: rowsOf,
    async ledgerStatus(settings) {
      const check = await verifyLedger(dataOf(settings))
      return { origin: check.origin, size: check.size, root: check.root, vkey: check.vkey }
    },
    ledgerVerify: (settings, watch) => verifyLedger(dataOf(settings), watch),
  }
}

export function dataOf(settings: Settings): string {
  return resolve(settings.data.value)
}

function governOptions(
  settings: Settings,
  version: string,
  clock: Clock,
): Omit<GovernOptions, 'folder' | 'out' | 'language' | 'store'> {
  return {
    data: dataOf(settings),
    threads: Number(settings.threads.value),
    memory: settings.memory.value,
    findingsLimit: Number(settings.findingsLimit.value),
    ledgerOrigin: settings.ledgerOrigin.value,
    version,
    clock,
  }
}

async function serveProgram(request: ServeRequest, version: string, clock: Clock, watch: Watch): Promise<ServeAnswer> {
  const data = dataOf(request.settings)
  // closed when the server has stopped, or at once when it does not come to serving
  await using open = new AsyncDisposableStack()
  const held = open.use(await holdDirectory(data))
  await clearLeftovers(places(data).spill)
  const { store } = open.use(await beginOpening(request.settings.store.value, held, watch.signal))
  const folder = request.folder ?? (request.demo ? join(data, 'city') : undefined)
  const options = {
    ...governOptions(request.settings, version, clock),
    language: request.language,
    out: join(data, 'report'),
    store,
  }
  if (request.demo && (await latestRun(data)) === undefined)
    await writeCity({ folder: folder!, ...cityDefaults, watch })
  const result =
    folder !== undefined && (request.folder !== undefined || (await latestRun(data)) === undefined)
      ? await govern({ ...options, folder }, watch)
      : (await latestRun(data))?.result
  const { address, link, closed } = await serve(
    {
      ...options,
      ...(folder ? { folder } : {}),
      host: request.settings.host.value,
      port: Number(request.settings.port.value),
    },
    watch,
  )
  const all = open.move()
  return { address, link, ...(result ? { result } : {}), closed: closed.finally(() => all.disposeAsync()) }
}

/** Loads one file into a scratch lake, profiles it, leaves nothing. */
async function profileFile(file: string, settings: Settings, watch: Watch): Promise<ProfileAnswer> {
  await requireFile(file)
  const scratch = await mkdtemp(join(tmpdir(), 'datong-profile-'))
  try {
    const folder = join(scratch, 'in')
    await mkdir(folder)
    await symlink(resolve(file), join(folder, basename(file)))
    await using engine = await openEngine({
      threads: Number(settings.threads.value),
      memory: settings.memory.value,
      spill: scratch,
    })
    await using session = await engine.open()
    const { versions, findings } = await loadFolder({
      session,
      folder,
      lake: join(scratch, 'lake'),
      scratch: join(scratch, 'scratch'),
      links: 'anywhere',
      watch,
    })
    const profiles = []
    for (const { table } of versions)
      profiles.push((await profileDataset(session, table, watch.signal ? { signal: watch.signal } : {})).profile)
    return { profiles, findings }
  } catch (error) {
    throw faultOfFile(error, file)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function requireFile(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const code = error.code === 'EACCES' ? 'source.no-permission' : 'source.no-such-file'
    throw fault(code, { path }, { cause: error })
  })
  if (found.isDirectory()) throw fault('source.not-a-file', { path })
}

/** What is said of the scratch folder is true of the file in it. */
function faultOfFile(error: unknown, path: string): unknown {
  if (!(error instanceof Fault)) return error
  if (error.code === 'source.empty-folder') return fault('source.not-a-data-file', { path }, { cause: error })
  return error.code === 'source.nothing-read'
    ? fault(error.code, { ...error.particulars, path }, { cause: error })
    : error
}

async function rowsOf(
  { department, dataset, rule, limit, settings }: RowsRequest,
  watch: Watch,
): Promise<FailingRow[]> {
  const run = await requireRun(dataOf(settings))
  const { version, profile, bindings } = findDataset(run, department, dataset)
  const found = deriveRules(profile, bindings, run.today).find((r) => r.id === rule)
  if (found === undefined) throw fault('app.no-rule', { name: rule })
  await using engine = await openEngine({ threads: Number(settings.threads.value), memory: settings.memory.value })
  await using session = await engine.open()
  return await failingRows(session, version.table, found, 0, limit, watch.signal ? { signal: watch.signal } : {})
}
