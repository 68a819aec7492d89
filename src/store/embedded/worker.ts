/** The thread in which the embedded database lives. It answers the PostgreSQL protocol, message after message. */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { DurableFiles, durable } from './files.ts'
import type { FromThread, ToThread } from './messages.ts'
import { provide } from './snapshot.ts'

const port = parentPort!
const { folder } = workerData as { folder: string }
const say = (word: FromThread): void => port.postMessage(word)

/** The server's last words: after them it answers no more. */
const lastWords = /\b(PANIC|FATAL):\s*(.*)/

try {
  await provide(folder)
  const db = await PGlite.create({
    fs: new DurableFiles(folder),
    startParams: durable(PGlite.defaultStartParams),
    onStderr: (line) => {
      const found = lastWords.exec(line)
      if (found) say({ failed: `${found[1]}: ${found[2]}` })
      return false
    },
  })
  let turn: Promise<unknown> = Promise.resolve()
  port.on('message', (word: ToThread) => {
    turn = turn.then(() => (word === 'close' ? close(db) : answer(db, word.bytes)))
  })
  say('ready')
} catch (error) {
  say({ failed: error instanceof Error ? error.message : String(error) })
}

async function answer(db: PGlite, bytes: Uint8Array): Promise<void> {
  const parts: Uint8Array[] = []
  // what arrives is a view into the server's memory, good only during the call
  await db.execProtocolRawStream(bytes, { syncToFs: false, onRawData: (part) => void parts.push(part.slice()) })
  const whole = new Uint8Array(Buffer.concat(parts))
  port.postMessage({ bytes: whole } satisfies FromThread, [whole.buffer])
}

/** A checkpoint, then the end; the next start has nothing to recover. */
async function close(db: PGlite): Promise<void> {
  await db.close()
  say('closed')
  port.close()
}
