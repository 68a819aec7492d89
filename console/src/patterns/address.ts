/** What an address may carry, whoever wrote it: texts of a sane length, or nothing. */
export function textOf<K extends string>(raw: Record<string, unknown>, ...keys: readonly K[]): { [P in K]?: string } {
  const texts = keys.flatMap((key) => {
    const value = raw[key]
    return typeof value === 'string' && value !== '' && value.length <= 2000 ? [[key, value]] : []
  })
  return Object.fromEntries(texts) as { [P in K]?: string }
}

/** One of the words allowed, or nothing. */
export function choiceOf<K extends string, V extends string>(
  raw: Record<string, unknown>,
  key: K,
  allowed: readonly V[],
): { [P in K]?: V } {
  const found = allowed.find((value) => value === raw[key])
  return (found === undefined ? {} : { [key]: found }) as { [P in K]?: V }
}

/** Addresses as plain `?key=value`, so that people can read and write them. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}
