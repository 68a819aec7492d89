/** To the thread: bytes of the PostgreSQL protocol, or the wish to close. */
export type ToThread = { readonly bytes: Uint8Array<ArrayBuffer> } | 'close'

/** From the thread. */
export type FromThread =
  | 'ready'
  | 'closed'
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly failed: LastWord }

/** Why the thread can do no more: what the system or the server said, and the system's code where it gave one. */
export interface LastWord {
  readonly why: string
  readonly code?: string
}
