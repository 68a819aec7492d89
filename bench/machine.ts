import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { version as duckdbVersion } from '@duckdb/node-api'

export interface Machine {
  readonly words: string
  readonly programs: string
  /** Work that others did in the minute before the measurement began: above 0.3 the figures are not to be published. */
  readonly load: number
}

export function machine(): Machine {
  const processors = cpus()
  return {
    words: `${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB, Linux ${release()}`,
    programs: `Node ${process.version}, DuckDB ${duckdbVersion()}, commit ${commit()}`,
    load: loadavg()[0]!,
  }
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname })
      .toString()
      .trim()
  } catch {
    return 'unknown'
  }
}
