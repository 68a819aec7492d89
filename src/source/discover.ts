import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, resolve, sep } from 'node:path'
import { type DepartmentName, type Finding, fault } from '../core/index.ts'
import { finding } from './findings.ts'

/** A file that may hold data. `path` is relative to the governed folder with `/`. */
export interface FoundFile {
  readonly absolute: string
  readonly path: string
  /** Path below the department's folder without the folder. */
  readonly name: string
}
export interface FoundDepartment {
  readonly name: DepartmentName
  readonly files: readonly FoundFile[]
}
export interface Found {
  readonly departments: readonly FoundDepartment[]
  readonly findings: readonly Finding[]
}

const dataFile = /\.(csv|tsv|txt|xlsx|json|ndjson|jsonl|parquet)(\.gz)?$|\.zip$/i
const readme = /^(readme|说明|license|licence|notice)/i

/**
 * Lists departments (one sub-folder each; a folder without sub-folders is one department) and their data files,
 * sorted by name. Hidden files and the folders in `exclude` are passed over. Throws `source.no-such-folder`,
 * `source.not-a-folder`, `source.no-permission`, `source.empty-folder`.
 */
export async function discover(
  folder: string,
  exclude: readonly string[] = [],
  links: 'inside' | 'anywhere' = 'inside',
): Promise<Found> {
  const root = await rootOf(folder)
  const walk = new Walk(root, new Set(exclude.map((path) => resolve(path))), links)
  const entries = await walk.entries(root)
  const folders = entries.filter((e) => e.isFolder)
  const departments: FoundDepartment[] = []
  for (const { path, name } of folders) {
    const files = await walk.files(path, path)
    if (files.length > 0) departments.push({ name: name as DepartmentName, files })
  }
  const top = await walk.filesAmong(entries, root)
  if (top.length > 0) departments.push({ name: ownName(root, departments), files: top })
  if (departments.length === 0) throw fault('source.empty-folder', { path: folder })
  departments.sort((a, b) => (a.name < b.name ? -1 : 1))
  return { departments, findings: walk.findings }
}

/** Files beside the departments' folders belong to a department named after the folder itself. */
function ownName(root: string, others: readonly FoundDepartment[]): DepartmentName {
  const name = basename(root) || 'data'
  return (others.some((d) => d.name === name) ? `${name}.` : name) as DepartmentName
}

async function rootOf(folder: string): Promise<string> {
  try {
    const info = await stat(folder)
    if (!info.isDirectory()) throw fault('source.not-a-folder', { path: folder })
    return await realpath(folder)
  } catch (error) {
    throw folderFault(error, folder)
  }
}

function folderFault(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return fault('source.no-such-folder', { path }, { cause: error })
  if (code === 'EACCES' || code === 'EPERM') return fault('source.no-permission', { path }, { cause: error })
  return error
}

interface Entry {
  readonly path: string
  readonly name: string
  readonly isFolder: boolean
}

class Walk {
  readonly findings: Finding[] = []
  readonly #root: string
  readonly #exclude: ReadonlySet<string>
  readonly #links: 'inside' | 'anywhere'
  constructor(root: string, exclude: ReadonlySet<string>, links: 'inside' | 'anywhere') {
    this.#root = root
    this.#links = links
    this.#exclude = exclude
  }

  async files(folder: string, department: string): Promise<FoundFile[]> {
    const entries = await this.entries(folder)
    const found = await this.filesAmong(entries, department)
    for (const entry of entries.filter((e) => e.isFolder)) {
      if (dataFile.test(entry.name)) this.#note('source.directory-named-as-file', entry.path)
      else found.push(...(await this.files(entry.path, department)))
    }
    return found
  }

  async filesAmong(entries: readonly Entry[], department: string): Promise<FoundFile[]> {
    const files = entries.filter((e) => !e.isFolder)
    const data: FoundFile[] = []
    for (const file of files) {
      if (readme.test(file.name) && /\.(txt|md)$/i.test(file.name)) this.#note('source.ignored-file', file.path)
      else if (!dataFile.test(file.name)) this.#unsupported(file)
      else
        data.push({
          absolute: file.path,
          path: this.#relative(file.path),
          name: relative(department, file.path).split(sep).join('/'),
        })
    }
    return data
  }

  /** What lies in a folder, sorted; links are followed only while they stay inside. */
  async entries(folder: string): Promise<Entry[]> {
    const list = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (folder === this.#root) throw folderFault(error, folder)
      this.#note('source.no-permission', folder)
      return []
    })
    const shown = list.filter(
      (e) => !e.name.startsWith('.') && !e.name.startsWith('~$') && !this.#exclude.has(join(folder, e.name)),
    )
    const entries: Entry[] = []
    for (const e of shown.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, e.name)
      const kind = e.isSymbolicLink()
        ? await this.#followed(path)
        : e.isDirectory()
          ? 'folder'
          : e.isFile()
            ? 'file'
            : 'special'
      if (kind === 'special') this.#note('source.special-file', path)
      else if (kind !== 'refused') entries.push({ path, name: e.name, isFolder: kind === 'folder' })
    }
    return entries
  }

  /** A link to a folder is refused too: it could lead in a circle. */
  async #followed(path: string): Promise<'file' | 'special' | 'refused'> {
    try {
      const target = await realpath(path)
      if (this.#links === 'anywhere' || (target !== this.#root && target.startsWith(this.#root + sep))) {
        const info = await stat(target)
        return info.isFile() ? 'file' : 'special'
      }
      this.#note('source.link-outside', path)
    } catch {
      this.#note('source.broken-link', path)
    }
    return 'refused'
  }

  #unsupported({ path, name }: Entry): void {
    if (/\.xls$/i.test(name)) this.#note('source.old-excel', path)
    else
      this.findings.push(
        finding(
          'source.unsupported-type',
          { file: this.#relative(path) },
          { type: /\.[^.]*$/.exec(name)?.[0] ?? name },
        ),
      )
  }

  #note(code: Parameters<typeof finding>[0], path: string): void {
    this.findings.push(finding(code, { file: this.#relative(path) }))
  }

  #relative(path: string): string {
    return relative(this.#root, path).split(sep).join('/')
  }
}
