/** To the thread: bytes of the PostgreSQL protocol, or the wish to close. */
export type ToThread = { readonly bytes: Uint8Array<ArrayBuffer> } | 'close'

/** From the thread. `failed` is its last word; `why` never holds data. */
export type FromThread = 'ready' | 'closed' | { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly failed: string }
