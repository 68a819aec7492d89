import { createHash, randomBytes } from 'node:crypto'
import { type Clock, fault } from '../core/index.ts'
import type { Store } from '../store/index.ts'
import { type SessionBook, storedSessions } from './sessions.ts'

/** Who has signed in. */
export interface Session {
  readonly role: 'bureau'
  readonly expiresAt: Date
}

/** How long a sign-in link and a session last, in milliseconds. */
export const linkLife = 10 * 60_000
export const sessionLife = 12 * 3_600_000
/** Wrong tokens accepted within a link's life before every token is refused. */
export const mostWrong = 20

const noBook: SessionBook = { load: async () => new Map(), save: async () => {}, remove: async () => {} }

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** One-time links, which end with the process, and sessions, which outlive it. Secrets are kept as hashes only; looking a hash up leaks nothing of the secret by time. */
export class SignIn {
  readonly #clock: Clock
  readonly #book: SessionBook
  readonly #links = new Map<string, number>()
  readonly #sessions: Map<string, Session>
  #wrong: number[] = []
  /** Without a book sessions end with the process. */
  constructor(clock: Clock, book: SessionBook = noBook, sessions = new Map<string, Session>()) {
    this.#clock = clock
    this.#book = book
    this.#sessions = sessions
  }

  /** With the sessions that are still good. */
  static async open(clock: Clock, store: Store): Promise<SignIn> {
    const book = storedSessions(store)
    return new SignIn(clock, book, await book.load(clock.now()))
  }

  /** A new one-time token. Good once, for ten minutes. */
  issue(): string {
    const token = randomBytes(32).toString('base64url')
    this.#links.set(digest(token), this.#now() + linkLife)
    return token
  }

  /** Exchanges a token for a session's secret; the session is durable when it returns. Throws `access.bad-link`, `access.too-many`. */
  async redeem(token: string): Promise<{ secret: string; session: Session }> {
    const now = this.#now()
    this.#wrong = this.#wrong.filter((at) => at > now - linkLife)
    if (this.#wrong.length >= mostWrong) throw fault('access.too-many')
    const key = digest(token)
    const until = this.#links.get(key)
    this.#links.delete(key)
    if (until === undefined || until < now) {
      this.#wrong.push(now)
      throw fault('access.bad-link')
    }
    const secret = randomBytes(32).toString('base64url')
    const session: Session = { role: 'bureau', expiresAt: new Date(now + sessionLife) }
    await this.#book.save(digest(secret), session)
    this.#sessions.set(digest(secret), session)
    return { secret, session }
  }

  /** Who holds the secret; undefined when nobody does or the session is over. */
  who(secret: string): Session | undefined {
    const session = this.#sessions.get(digest(secret))
    if (session === undefined || session.expiresAt.getTime() >= this.#now()) return session
    this.#sessions.delete(digest(secret))
    return undefined
  }
  /** Ends a session, here at once and in the store when it returns. */
  async end(secret: string): Promise<void> {
    this.#sessions.delete(digest(secret))
    await this.#book.remove(digest(secret))
  }
  #now(): number {
    return this.#clock.now().getTime()
  }
}
