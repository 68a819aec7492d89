import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The package's own folder: the nearest one above this file that holds `data/codelists`. Works from source and compiled. */
const packageRoot = (() => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'data', 'codelists')) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
})()

/** Rows of a shipped list. The lists are trusted: simple RFC 4180 with a header. */
export function readList(name: string): Record<string, string>[] {
  const text = readFileSync(join(packageRoot, 'data', 'codelists', name), 'utf8').replace(/^\ufeff/, '')
  const [header, ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(fields)
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i] ?? ''])))
}

function fields(line: string): string[] {
  const found: string[] = []
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g
  for (const [, quoted, bare] of line.matchAll(pattern))
    found.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'))
  return found
}

/** A shipped JSON document. */
export function readJsonList<T>(name: string): T {
  return JSON.parse(readFileSync(join(packageRoot, 'data', 'codelists', name), 'utf8')) as T
}
