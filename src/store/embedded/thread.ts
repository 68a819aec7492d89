import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type pg from 'pg'
import { type Fault, fault } from '../../core/index.ts'
import type { Reach } from '../pool.ts'
import type { FromThread, LastWord, ToThread } from './messages.ts'

/** The embedded database at work in its own thread. */
export interface Embedded {
  readonly reach: Reach
  /** Writes a checkpoint, closes the database, ends the thread. */
  close(): Promise<void>
}

/** Folder of a data directory that holds the embedded database. */
export const embeddedFolder = 'store'

/** Starts the thread; returns when the database answers. Aborting kills the thread, which harms no more than a crash. */
export async function openEmbedded(dataDir: string, signal?: AbortSignal): Promise<Embedded> {
  signal?.throwIfAborted()
  const folder = join(dataDir, embeddedFolder)
  // Node reads the source as it stands; the compiled program has the compiled neighbour
  const file = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js'
  const thread = new Thread(new Worker(new URL(file, import.meta.url), { workerData: { folder } }))
  const abandon = (): void => thread.fail({ why: 'aborted' })
  signal?.addEventListener('abort', abandon, { once: true })
  try {
    await thread.ready
  } catch (error) {
    await thread.stop()
    signal?.throwIfAborted()
    const end = error as ThreadEnd
    throw diskFault(end, folder) ?? fault('store.damaged', { path: folder, why: end.message }, { cause: end })
  } finally {
    signal?.removeEventListener('abort', abandon)
  }
  return { reach: reachOf(thread, folder), close: () => thread.close() }
}

/** When it was the disk that ended the thread. */
function diskFault(error: ThreadEnd, path: string): Fault | undefined {
  const { message, code = '' } = error
  if (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    code === 'EFBIG' ||
    /No space left|Disk quota|File too large/.test(message)
  )
    return fault('store.no-space', { path }, { cause: error })
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return fault('store.cannot-write', { path, why: code }, { cause: error })
  return undefined
}

/** Why the thread ended. */
class ThreadEnd extends Error {
  readonly code?: string
  constructor({ why, code }: LastWord) {
    super(why)
    if (code !== undefined) this.code = code
  }
}

/** One connection: the embedded server has one session. No TLS, no password: nothing leaves the process. */
function reachOf(thread: Thread, label: string): Reach {
  const stream = (): Duplex => new ThreadStream(thread)
  const config = { stream, max: 1, ssl: false, user: 'postgres', database: 'postgres', password: '', host: 'embedded' }
  const broken = (): Fault | undefined => {
    const { end } = thread
    return end && (diskFault(end, label) ?? fault('store.lost', { why: end.message }, { cause: end }))
  }
  return { config: config as unknown as pg.PoolConfig, label, broken }
}

class Thread {
  readonly ready: Promise<void>
  readonly #worker: Worker
  readonly #opened = Promise.withResolvers<void>()
  readonly #closed = Promise.withResolvers<void>()
  readonly #gone: Promise<void>
  #stream: ThreadStream | undefined
  #broken: ThreadEnd | undefined

  constructor(worker: Worker) {
    this.#worker = worker
    this.ready = this.#opened.promise
    this.#closed.promise.catch(() => {})
    worker.on('message', (word: FromThread) => this.#hear(word))
    worker.on('error', (error) => this.fail({ why: error instanceof Error ? error.message : String(error) }))
    this.#gone = new Promise((gone) => worker.once('exit', () => gone()))
    worker.once('exit', () => this.fail({ why: 'the thread has ended' }))
  }

  /** Why it ended; undefined while it works. */
  get end(): ThreadEnd | undefined {
    return this.#broken
  }
  attach(stream: ThreadStream): void {
    if (this.#broken) stream.destroy(this.#broken)
    else this.#stream = stream
  }
  write(bytes: Uint8Array): void {
    const copy = new Uint8Array(bytes)
    this.#say({ bytes: copy }, [copy.buffer])
  }
  /** After this everything under way, and everything later, is refused. */
  fail(word: LastWord): void {
    if (this.#broken) return
    this.#broken = new ThreadEnd(word)
    this.#opened.reject(this.#broken)
    this.#closed.reject(this.#broken)
    this.#stream?.destroy(this.#broken)
    void this.#worker.terminate()
  }
  async close(): Promise<void> {
    if (!this.#broken) {
      this.#say('close')
      await this.#closed.promise.catch(() => {})
    }
    await this.stop()
  }
  async stop(): Promise<void> {
    await this.#worker.terminate()
    await this.#gone
  }

  #say(word: ToThread, transfer: ArrayBuffer[] = []): void {
    this.#worker.postMessage(word, transfer)
  }
  #hear(word: FromThread): void {
    if (word === 'ready') this.#opened.resolve()
    else if (word === 'closed') this.#closed.resolve()
    else if ('bytes' in word) this.#stream?.push(word.bytes)
    else this.fail(word.failed)
  }
}

/** What the driver takes for a socket. Writes made together reach the server as one message. */
class ThreadStream extends Duplex {
  readonly #thread: Thread
  constructor(thread: Thread) {
    super()
    this.#thread = thread
  }
  connect(): this {
    this.#thread.attach(this)
    queueMicrotask(() => this.emit('connect'))
    return this
  }
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  ref(): this {
    return this
  }
  unref(): this {
    return this
  }
  override _read(): void {}
  override _write(chunk: Uint8Array, _: BufferEncoding, done: () => void): void {
    this.#thread.write(chunk)
    done()
  }
  override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void {
    this.#thread.write(Buffer.concat(chunks.map(({ chunk }) => chunk)))
    done()
  }
  override _final(done: () => void): void {
    done()
    this.destroy()
  }
}
