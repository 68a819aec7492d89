/** The thread in which the embedded database lives. It answers the PostgreSQL protocol, message after message. */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { DurableFiles, durable } from './files.ts'
import type { FromThread, LastWord, ToThread } from './messages.ts'
import { provide } from './snapshot.ts'

const port = parentPort!
const { folder } = workerData as { folder: string }
const say = (word: FromThread): void => port.postMessage(word)

/** The server's last words: after them it answers no more. */
const lastWords = /\b(PANIC|FATAL):\s*(.*)/

/** The database's own file system numbers its faults as WASI does (wasi_snapshot_preview1, `errno`) and throws no `Error`. */
const faultsOfFiles: Readonly<Record<number, string>> = {
  2: 'EACCES',
  19: 'EDQUOT',
  22: 'EFBIG',
  51: 'ENOSPC',
  63: 'EPERM',
  69: 'EROFS',
}

try {
  await provide(folder)
  const db = await PGlite.create({
    fs: new DurableFiles(folder),
    startParams: durable(PGlite.defaultStartParams),
    onStderr: (line) => {
      const found = lastWords.exec(line)
      if (found) say({ failed: { why: `${found[1]}: ${found[2]}` } })
      return false
    },
  })
  let turn: Promise<unknown> = Promise.resolve()
  port.on('message', (word: ToThread) => {
    turn = turn.then(() => obey(db, word)).catch((error: unknown) => say({ failed: lastWordOf(error) }))
  })
  say('ready')
} catch (error) {
  say({ failed: lastWordOf(error) })
}

function lastWordOf(error: unknown): LastWord {
  const { code, errno } = error as NodeJS.ErrnoException
  if (error instanceof Error) return code === undefined ? { why: error.message } : { why: error.message, code }
  const named = errno === undefined ? undefined : faultsOfFiles[errno]
  return named === undefined ? { why: JSON.stringify(error) ?? String(error) } : { why: named, code: named }
}

async function obey(db: PGlite, word: ToThread): Promise<void> {
  if (word === 'close') return close(db)
  await answer(db, word.bytes)
  // what could not be tidied up now is tidied up later, or at the next start
  await keep(db).catch(() => {})
}

async function answer(db: PGlite, bytes: Uint8Array): Promise<void> {
  const parts: Uint8Array[] = []
  // what arrives is a view into the server's memory, good only during the call
  await db.execProtocolRawStream(bytes, { syncToFs: false, onRawData: (part) => void parts.push(part.slice()) })
  const whole = new Uint8Array(Buffer.concat(parts))
  port.postMessage({ bytes: whole } satisfies FromThread, [whole.buffer])
}

/** Bytes of log after which a checkpoint is due, and milliseconds between looks. */
const due = { log: 8 << 20, look: 2000 }
let lookAgain = 0

/**
 * A server of one session has no checkpointer and no autovacuum, so this is their work. Without it the log grows
 * without end, and a start after a crash takes as long as the log is.
 */
async function keep(db: PGlite): Promise<void> {
  if (performance.now() < lookAgain || db.isInTransaction()) return
  const { rows } = await db.query<{ log: number }>(
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::int8 as log from pg_control_checkpoint()',
  )
  if (rows[0]!.log > due.log) {
    await db.query('vacuum (analyze)')
    await db.query('checkpoint')
  }
  lookAgain = performance.now() + due.look
}

/** A checkpoint, then the end; the next start has nothing to recover. */
async function close(db: PGlite): Promise<void> {
  await db.close()
  say('closed')
  port.close()
}
