import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  asFault,
  canonicalJson,
  type DatasetName,
  type DepartmentName,
  Fault,
  type Finding,
  fault,
  flush,
  type Place,
  sha256,
  type VersionId,
  type Watch,
} from '../core/index.ts'
import type { LakeTable, Session } from '../engine/index.ts'
import type { Origin } from './contract.ts'
import { readCsv } from './csv.ts'
import { discover, type FoundFile } from './discover.ts'
import { scan, type Scan } from './encoding.ts'
import { finding } from './findings.ts'
import { readJson, readNdjson } from './json.ts'
import { pathSegment } from './names.ts'
import { readParquet } from './parquet.ts'
import type { Piece, ReadContext } from './piece.ts'
import { gunzip, unpackFinding, unzip } from './unpack.ts'
import type { LoadedVersion } from './version.ts'
import { readXlsx } from './xlsx/read.ts'

/** Raised when readers begin to read the same bytes differently: versions of an older edition are then loaded anew. */
export const readerEdition = 2

export interface LoadRequest {
  readonly session: Session
  readonly folder: string
  /** `<data>/lake`. */
  readonly lake: string
  /** Paths that are never read (output and data directories inside the folder). */
  readonly exclude?: readonly string[]
  /** Whether links may lead out of the folder: only where the caller made them itself. */
  readonly links?: 'inside' | 'anywhere'
  /** Where temporary files go; removed at the end whatever happens. */
  readonly scratch: string
  readonly watch?: Watch
}
export interface Loaded {
  readonly versions: readonly LoadedVersion[]
  readonly findings: readonly Finding[]
}

/**
 * Brings a folder of departments into the lake. Each dataset becomes an immutable version; unchanged bytes are not read
 * again. A file that cannot be read is a finding and costs no other file. Throws `source.*` faults when nothing can be read,
 * `engine.no-space`, `core.cancelled`; then nothing half loaded is left.
 */
export async function loadFolder(request: LoadRequest): Promise<Loaded> {
  const found = await discover(request.folder, request.exclude, request.links)
  await rm(join(request.lake, '.staging'), { recursive: true, force: true })
  const findings = [...found.findings]
  const versions: LoadedVersion[] = []
  const total = found.departments.reduce((n, d) => n + d.files.length, 0)
  let done = 0
  let rows = 0
  for (const department of found.departments) {
    const names = datasetNames(department.files, findings)
    for (const [i, file] of department.files.entries()) {
      request.watch?.progress?.({ stage: 'load', item: file.path, done, total, rows })
      const rivals = names.filter((other, j) => j !== i && other.startsWith(names[i]!))
      const loaded = await loadFile(request, department.name, names[i]!, rivals, file)
      versions.push(...loaded.versions)
      findings.push(...loaded.findings)
      rows += loaded.versions.reduce((n, v) => n + v.rows, 0)
      done++
    }
  }
  request.watch?.progress?.({ stage: 'load', done, total, rows })
  if (versions.length === 0) throw nothingRead(request.folder, findings)
  return { versions, findings }
}

function nothingRead(folder: string, findings: readonly Finding[]): Fault {
  const first = findings.find((f) => f.severity !== 'note')
  if (first === undefined) return fault('source.empty-folder', { path: folder })
  return fault('source.nothing-read', {
    path: folder,
    why: `${first.place.file ?? ''} ${first.words.zh} / ${first.words.en}`,
  })
}

const extension = /\.(csv|tsv|txt|xlsx|json|ndjson|jsonl|parquet)$/i

function baseName(name: string): string {
  return name.replace(/\.(gz|zip)$/i, '').replace(extension, '')
}

/** A dataset is called after its file; a second file of the name keeps its extension. */
function datasetNames(files: readonly FoundFile[], findings: Finding[]): string[] {
  const taken = new Set<string>()
  return files.map((file) => {
    const base = baseName(file.name)
    const name = free(base, taken, file.name)
    if (name !== base) findings.push(finding('source.name-taken', { file: file.path }, { name }))
    return name
  })
}

/** A name that is not taken yet, and takes it: the wanted one, the second choice, or one with a number. */
function free(wanted: string, taken: Set<string>, second = wanted): string {
  let name = wanted
  for (let n = 2; taken.has(alike(name)); n++) name = n === 2 ? second : `${second}~${n - 1}`
  taken.add(alike(name))
  return name
}

/** Names that some file system, or a reader, takes for the same: case and Unicode normalisation aside. */
function alike(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/** Loads one file from disk, or takes the versions an earlier run made of the same bytes. */
async function loadFile(
  request: LoadRequest,
  department: DepartmentName,
  name: string,
  rivals: readonly string[],
  file: FoundFile,
): Promise<Loaded> {
  const place: Place = { file: file.path }
  const scratch = join(request.scratch, randomUUID())
  let loader: FileLoader | undefined
  try {
    const before = await stat(file.absolute)
    if (before.size === 0) return { versions: [], findings: [finding('source.empty-file', place)] }
    const scanned = await scan(file.absolute, request.watch?.signal)
    const reuse = new Reuse(
      request.lake,
      sha256(canonicalJson([readerEdition, scanned.sha256, department, name, rivals, file.path])),
    )
    const kept = await reuse.find()
    if (kept !== undefined) return kept
    await mkdir(scratch, { recursive: true })
    loader = new FileLoader(request, department, name, rivals, file, scanned, scratch)
    const loaded = await loader.run()
    const after = await stat(file.absolute)
    if (after.size !== scanned.bytes || after.mtimeMs !== before.mtimeMs || after.ino !== before.ino)
      return { versions: [], findings: [finding('source.changed-while-read', place)] }
    await loader.publish()
    await reuse.remember(loaded)
    return loaded
  } catch (error) {
    return { versions: [], findings: [fileFinding(error, place)] }
  } finally {
    await loader?.discard()
    await rm(scratch, { recursive: true, force: true })
  }
}

/** What is wrong with the file becomes a finding; what is wrong with the machine, or a cancellation, is thrown on. */
function fileFinding(error: unknown, place: Place): Finding {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return finding('source.no-permission', place)
  if (code === 'ENOENT') return finding('source.changed-while-read', place)
  if (noSpace.has(code ?? '')) throw fault('engine.no-space', { stage: 'load' }, { cause: error })
  const problem = asFault(error)
  if (problem.code === 'engine.no-memory') return finding('source.needs-memory', place)
  if (problem.code === 'engine.failed') return finding('source.corrupt', place, { format: 'data', why: problem.code })
  throw problem
}

/** A full disk, an exhausted quota, a limit on the size of files. */
const noSpace = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** Remembers which versions came of which bytes. */
class Reuse {
  readonly #path: string
  readonly #lake: string
  constructor(lake: string, key: string) {
    this.#lake = lake
    this.#path = join(lake, '.files', `${key}.json`)
  }
  async find(): Promise<Loaded | undefined> {
    try {
      const { folders, findings } = JSON.parse(await readFile(this.#path, 'utf8')) as {
        folders: string[]
        findings: Finding[]
      }
      const versions = await Promise.all(folders.map(async (folder) => readVersion(join(this.#lake, folder))))
      return { versions, findings }
    } catch {
      return undefined
    }
  }
  async remember({ versions, findings }: Loaded): Promise<void> {
    const folders = versions.map((v) => versionFolder(v.table))
    await mkdir(join(this.#lake, '.files'), { recursive: true })
    await writeFile(`${this.#path}.part`, JSON.stringify({ folders, findings }))
    await rename(`${this.#path}.part`, this.#path)
  }
}

/** `<department>/<dataset>/<version>` below the lake. */
export function versionFolder(table: Pick<LakeTable, 'department' | 'dataset' | 'version'>): string {
  return join(pathSegment(table.department), pathSegment(table.dataset), table.version)
}

/** Reads a version's description back; the file paths follow the folder, so a data directory may be moved. */
export async function readVersion(folder: string): Promise<LoadedVersion> {
  const version = JSON.parse(await readFile(join(folder, 'version.json'), 'utf8')) as LoadedVersion
  const path = join(folder, 'part-0.parquet')
  await stat(path)
  return { ...version, table: { ...version.table, files: [{ path, rows: version.rows }] } }
}

interface Staged {
  readonly version: LoadedVersion
  readonly staging: string
}

/** Reads one file into staged versions, then publishes them all or none. */
class FileLoader {
  readonly #request: LoadRequest
  readonly #department: DepartmentName
  readonly #name: string
  readonly #file: FoundFile
  readonly #scan: Scan
  readonly #scratch: string
  readonly #staged: Staged[] = []
  readonly #stagings: string[] = []
  /** Names of datasets that are taken in the department, as far as they could be names of this file's parts. */
  readonly #taken: Set<string>
  readonly #findings: Finding[] = []
  constructor(
    request: LoadRequest,
    department: DepartmentName,
    name: string,
    rivals: readonly string[],
    file: FoundFile,
    scanned: Scan,
    scratch: string,
  ) {
    this.#taken = new Set(rivals.map(alike))
    this.#request = request
    this.#department = department
    this.#name = name
    this.#file = file
    this.#scan = scanned
    this.#scratch = scratch
  }

  async run(): Promise<Loaded> {
    await this.#unpacked()
    return { versions: this.#staged.map((s) => s.version), findings: this.#findings }
  }

  async #unpacked(): Promise<void> {
    const { absolute, path, name } = this.#file
    const place: Place = { file: path }
    const signal = this.#request.watch?.signal
    if (/\.gz$/i.test(name)) {
      const target = join(this.#scratch, 'unpacked')
      const trouble = await gunzip(absolute, this.#scan.bytes, target, place, signal)
      if (trouble) return void this.#findings.push(trouble)
      return this.#read(target, name.replace(/\.gz$/i, ''), await scan(target, signal), place, this.#name, {
        packing: 'gzip',
      })
    }
    if (/\.zip$/i.test(name)) return this.#members(place, signal)
    return this.#read(absolute, name, this.#scan, place, this.#name, { packing: 'none' })
  }

  async #members(place: Place, signal: AbortSignal | undefined): Promise<void> {
    const folder = join(this.#scratch, 'members')
    await mkdir(folder)
    const { members, findings } = await unzip(
      this.#file.absolute,
      this.#scan.bytes,
      folder,
      (n) => extension.test(n),
      place,
      signal,
    )
    this.#findings.push(...findings)
    if (members.length === 0 && findings.length === 0) this.#findings.push(finding('source.empty-file', place))
    for (const member of members) {
      const scanned = await scan(member.path, signal)
      const name = members.length === 1 ? this.#name : `${this.#name}/${baseName(member.name)}`
      await this.#read(member.path, member.name, scanned, { ...place, sheet: member.name }, name, {
        packing: 'zip',
        member: member.name,
      })
    }
  }

  async #read(
    path: string,
    name: string,
    scanned: Scan,
    place: Place,
    dataset: string,
    origin: Partial<Origin>,
  ): Promise<void> {
    const { session, watch = {} } = this.#request
    const scratch = join(this.#scratch, randomUUID())
    await mkdir(scratch)
    const context: ReadContext = { session, name, place, scratch, watch }
    if (scanned.bytes === 0) return void this.#findings.push(finding('source.empty-file', place))
    const kind = (extension.exec(name)?.[1] ?? 'csv').toLowerCase()
    if (kind === 'xlsx') return this.#sheets(path, scanned, place, dataset, origin, context)
    if (kind !== 'parquet' && scanned.foreign !== undefined)
      return void this.#findings.push(finding('source.not-text', place, { what: scanned.foreign }))
    const piece = await recognise(kind, path, scanned, context)
    if ('code' in piece) return void this.#findings.push(piece)
    const format = kind === 'tsv' || kind === 'txt' ? 'csv' : kind === 'jsonl' ? 'ndjson' : (kind as Origin['format'])
    await this.#stage(piece, dataset, { format, encoding: kind === 'parquet' ? 'binary' : scanned.encoding, ...origin })
  }

  async #sheets(
    path: string,
    scanned: Scan,
    place: Place,
    dataset: string,
    origin: Partial<Origin>,
    context: ReadContext,
  ): Promise<void> {
    const magic = Buffer.from(scanned.head.subarray(0, 4)).toString('hex')
    if (magic === 'd0cf11e0') return void this.#findings.push(finding('source.old-excel', place))
    try {
      await using book = await readXlsx(path, scanned.bytes, context)
      this.#findings.push(...book.findings)
      for (const { sheet, piece } of book.sheets) {
        const name = book.sheets.length === 1 ? dataset : `${dataset}#${sheet}`
        await this.#stage(piece, name, { format: 'xlsx', encoding: 'binary', sheet, ...origin })
      }
    } catch (error) {
      if (error instanceof Fault) throw error
      this.#findings.push(unpackFinding(error, place, 'XLSX'))
    }
  }

  async #stage(piece: Piece, wanted: string, origin: Partial<Origin>): Promise<void> {
    const dataset = free(wanted, this.#taken)
    const staging = join(this.#request.lake, '.staging', randomUUID())
    this.#stagings.push(staging)
    await mkdir(staging, { recursive: true })
    const target = join(staging, 'part-0.parquet')
    const loaded = await piece.load(target)
    const findings = [...piece.findings, ...loaded.findings]
    if (dataset !== wanted) findings.push(finding('source.name-taken', { file: this.#file.path }, { name: dataset }))
    const place = { file: this.#file.path, ...(origin.sheet && dataset !== this.#name ? { sheet: origin.sheet } : {}) }
    if (loaded.rows === 0 && loaded.findings.length === 0) findings.push(finding('source.header-only', place))
    const full = { path: this.#file.path, ...origin, ...piece.origin } as Origin
    const version = sha256(canonicalJson([readerEdition, this.#scan.sha256, full])).slice(0, 16) as VersionId
    const table: LakeTable = {
      department: this.#department,
      dataset: dataset as DatasetName,
      version,
      files: [{ path: target, rows: loaded.rows }],
      columns: piece.columns.map((c) => c.name),
      rowNumbers: loaded.rowNumbers,
    }
    this.#findings.push(...findings)
    this.#staged.push({
      staging,
      version: {
        table,
        origin: full,
        columns: piece.columns,
        rows: loaded.rows,
        bytes: this.#scan.bytes,
        sha256: this.#scan.sha256,
        findings,
      },
    })
  }

  /** Moves every staged version to its place. A version that is there already is the same and stays. */
  async publish(): Promise<void> {
    for (const { version, staging } of this.#staged) {
      const folder = join(this.#request.lake, versionFolder(version.table))
      const path = join(folder, 'part-0.parquet')
      ;(version.table.files as { path: string; rows: number }[])[0]!.path = path
      await writeFile(join(staging, 'version.json'), JSON.stringify(version))
      // a version is taken up again by its name alone, so it is whole on the disk before it gets its name
      await flush(join(staging, 'part-0.parquet'), join(staging, 'version.json'), staging)
      await mkdir(join(folder, '..'), { recursive: true })
      await rename(staging, folder).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
        await rm(staging, { recursive: true, force: true })
      })
    }
  }

  /** Removes what was staged and not published. */
  async discard(): Promise<void> {
    for (const staging of this.#stagings) await rm(staging, { recursive: true, force: true })
  }
}

async function recognise(kind: string, path: string, scanned: Scan, context: ReadContext): Promise<Piece | Finding> {
  if (kind === 'parquet') return readParquet(path, context)
  if (kind === 'json') return readJson(path, scanned, context)
  if (kind === 'ndjson' || kind === 'jsonl') return readNdjson(path, scanned, context)
  return readCsv(path, scanned, context)
}
