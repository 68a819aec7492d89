import { type Finding, type Place, sha256 } from '../core/index.ts'
import type { ArrivedColumn } from './contract.ts'
import { type FindingCode, finding } from './findings.ts'

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
  const settle = (header: string, position: number): string => {
    const say = (code: FindingCode, wanted: string): string => {
      const name = free(wanted)
      findings.push(finding(code, place, { header: header.replaceAll('\0', ''), position, name }))
      return name
    }
    if (header === '') return say('source.blank-header', `列${position}`)
    if (header.includes('\0') || inner.test(header))
      return say('source.reserved-header', `${header.replaceAll('\0', '')}_1`)
    return taken.has(key(header)) ? say('source.duplicate-header', header) : header
  }
  const columns = headers.map((header, i) => {
    const name = settle(header.trim(), i + 1)
    taken.add(key(name))
    const kind = declared[i]
    return { name, header, position: i + 1, ...(kind === undefined ? {} : { declared: kind }) }
  })
  return { columns, findings }
}

/** Names that the engine's plans give to columns of their own. */
const inner = /^#(row|rule|first|e\d+)$/i

/** Engines compare names without regard to case, so `ID` and `id` are one name. */
function key(name: string): string {
  return name.toLowerCase()
}
