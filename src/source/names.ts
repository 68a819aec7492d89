import { type Finding, type Place, sha256 } from '../core/index.ts'
import { ROW } from '../engine/index.ts'
import type { ArrivedColumn } from './contract.ts'
import { finding } from './findings.ts'

const unfit = /[/\\:*?"<>|%\x00-\x1f\x7f]/g
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i
const percent = (c: string): string =>
  [...new TextEncoder().encode(c)].map((b) => `%${b.toString(16).toUpperCase().padStart(2, '0')}`).join('')

/** A name as one path segment that every file system carries and from which the name can be read back (unless it is very long). */
export function pathSegment(name: string): string {
  let safe = name.replace(unfit, percent)
  if (reserved.test(safe) || safe.startsWith('.')) safe = percent(safe[0]!) + safe.slice(1)
  safe = safe.replace(/[. ]$/, percent)
  if (Buffer.byteLength(safe) <= 200) return safe || '%'
  return `${cut(safe, 180)}~${sha256(name).slice(0, 12)}`
}

function cut(text: string, bytes: number): string {
  let out = ''
  let size = 0
  for (const c of text) {
    size += Buffer.byteLength(c)
    if (size > bytes) break
    out += c
  }
  return out
}

/** Gives every column a usable name and says where that is not the header as it stood. Headers are trimmed, nothing else changes. */
export function nameColumns(
  headers: readonly string[],
  place: Place,
  declared: readonly (string | undefined)[] = [],
): { columns: ArrivedColumn[]; findings: Finding[] } {
  const findings: Finding[] = []
  const taken = new Set<string>()
  const given = new Set(headers.map((h) => h.trim()))
  const free = (wanted: string): string => {
    let name = wanted
    for (let n = 2; taken.has(key(name)) || given.has(name); n++) name = `${wanted}_${n}`
    return name
  }
  const columns = headers.map((raw, i) => {
    const header = raw.trim()
    const position = i + 1
    let name = header
    if (header === '')
      findings.push(finding('source.blank-header', place, { position, name: (name = free(`列${position}`)) }))
    else if (header === ROW || header.includes('\0'))
      findings.push(
        finding('source.reserved-header', place, {
          header: header.replaceAll('\0', ''),
          name: (name = free(`${header.replaceAll('\0', '')}_1`)),
        }),
      )
    else if (taken.has(key(header)))
      findings.push(finding('source.duplicate-header', place, { header, position, name: (name = free(header)) }))
    taken.add(key(name))
    const kind = declared[i]
    return { name, header: raw, position, ...(kind === undefined ? {} : { declared: kind }) }
  })
  return { columns, findings }
}

/** Engines compare names without regard to case, so `ID` and `id` are one name. */
function key(name: string): string {
  return name.toLowerCase()
}
