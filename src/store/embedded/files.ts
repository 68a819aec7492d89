import { fsyncSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type EmscriptenOptions = Parameters<NodeFS['init']>[1]

/**
 * PGlite's files on disk, with an `fsync` that reaches the disk. PGlite's own file layer has none: the call would
 * succeed and do nothing. `fdatasync` cannot be mended from here, so the server is told to use `fsync` ({@link durable}).
 */
export class DurableFiles extends NodeFS {
  override async init(pg: PGlite, options: EmscriptenOptions): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pg, options)
    const withFsync: NonNullable<EmscriptenOptions['preRun']>[number] = (module) => {
      const { stream_ops } = module.NODEFS as unknown as { stream_ops: { fsync?: (stream: { nfd: number }) => number } }
      stream_ops.fsync = ({ nfd }) => {
        fsyncSync(nfd)
        return 0
      }
    }
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), withFsync] } }
  }
}

/** What the server is started with instead of PGlite's defaults. */
const settings = {
  fsync: 'on',
  wal_sync_method: 'fsync',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // metadata is small; PGlite's 128 MB would all stay resident
  shared_buffers: '16MB',
  min_wal_size: '2MB',
  max_wal_size: '16MB',
}

/** PGlite's start parameters with `-F` (no fsync at all) left out, and the settings above. */
export function durable(defaults: readonly string[]): string[] {
  return [...defaults.filter((p) => p !== '-F'), ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])]
}
