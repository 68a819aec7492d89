import { fault } from '../core/index.ts'

/** Where the store is. */
export type Address =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'postgres'
      readonly url: string
      /** Host, port and database: what people may see. Neither user nor password. */
      readonly label: string
    }

/** Reads the setting `store`. Throws `store.bad-address`, which never repeats the text: it may hold a password. */
export function parseAddress(text: string): Address {
  if (text === 'embedded') return { kind: 'embedded' }
  const url = URL.parse(text)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2)
    throw fault('store.bad-address')
  return { kind: 'postgres', url: text, label: `${url.hostname}:${url.port || '5432'}${url.pathname}` }
}
