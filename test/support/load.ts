import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Finding } from '../../src/core/index.ts'
import { ascending, col, from, lake, ROW, type Session, stage } from '../../src/engine/index.ts'
import { loadFolder, type LoadedVersion } from '../../src/source/index.ts'
import { scratch } from './run.ts'

export type Content = string | Uint8Array
export interface Read {
  /** Rows by dataset, in order; each begins with its record number. */
  readonly tables: Record<string, Record<string, unknown>[]>
  readonly versions: readonly LoadedVersion[]
  readonly findings: readonly Finding[]
  readonly codes: readonly string[]
}

/** Writes a folder of departments and loads it. Nothing half loaded may be left. */
export async function readFolder(
  session: Session,
  files: Record<string, Content>,
  prepare: (folder: string) => void = () => {},
): Promise<Read> {
  using dir = scratch()
  const folder = join(dir.path, 'in')
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  prepare(folder)
  const lakeDir = join(dir.path, 'lake')
  const loaded = await loadFolder({ session, folder, lake: lakeDir, scratch: join(dir.path, 'scratch') })
  const tables: Record<string, Record<string, unknown>[]> = {}
  for (const v of loaded.versions) tables[v.table.dataset] = await rowsOf(session, v)
  expect(existsSync(join(lakeDir, '.staging')) ? readdirSync(join(lakeDir, '.staging')) : []).toEqual([])
  return { tables, versions: loaded.versions, findings: loaded.findings, codes: loaded.findings.map((f) => f.code) }
}

export async function rowsOf(session: Session, v: LoadedVersion): Promise<Record<string, unknown>[]> {
  const columns = [ROW, ...v.table.columns].map((c) => [c, col(c)] as const)
  return session.rows([
    stage(
      'all',
      from(lake(v.table))
        .select(columns)
        .orderBy(ascending(col(ROW)))
        .done(),
    ),
  ])
}
