import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Engine, EngineOptions, Session } from '../../session.ts'
import { DuckSession } from './session.ts'

/** The embedded engine: an in-memory DuckDB that spills to its own folder. Nothing is downloaded, ever. */
export async function openDuckdb(options: EngineOptions = {}): Promise<Engine> {
  const spill = join(options.spill ?? tmpdir(), `datong-spill-${randomUUID()}`)
  await mkdir(spill, { recursive: true })
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads ?? availableParallelism()),
    memory_limit: options.memory ?? `${Math.floor(Math.min(totalmem() * 0.6, 4e9) / 1e6)}MB`,
    temp_directory: spill,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
    // a list of values would become a join of its own, which costs more than comparing with each
    disabled_optimizers: 'in_clause',
  })
  return {
    open: async (): Promise<Session> => DuckSession.open(await instance.connect()),
    async [Symbol.asyncDispose]() {
      instance.closeSync()
      await rm(spill, { recursive: true, force: true })
    },
  }
}
