import type { Encoding } from './encoding.ts'

/** The verdict on bytes that are neither UTF-8 nor UTF-16. `certain` is false where no encoding fits well. */
export interface LegacyVerdict {
  readonly encoding: Encoding
  readonly certain: boolean
}

/** Share of characters that must be everyday ones of an encoding before it is believed. */
const everyday = 0.9

/**
 * Tells encodings of one or two bytes apart by what their readers use daily: GB 2312's rows in GB18030, the frequent
 * characters of Big5 level 1, single letters with accents in Windows-1252. Where nothing fits: GB18030 if the bytes can be
 * GB18030 at all, else Windows-1252, in which every byte is a character, so that no record is lost.
 */
export function legacyEncoding(lines: Uint8Array): LegacyVerdict {
  const { usual: chinese, possible } = pairs(
    lines,
    (lead, trail) => lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1,
    true,
  )
  if (chinese >= everyday) return { encoding: 'gb18030', certain: true }
  if (loneShare(lines) >= 0.8) return { encoding: 'windows-1252', certain: true }
  const taiwanese = pairs(lines, (lead, trail) => lead >= 0xa1 && lead <= 0xc6 && trail >= 0x40, false)
  if (taiwanese.usual >= everyday) return { encoding: 'big5', certain: true }
  return { encoding: possible >= 0.98 ? 'gb18030' : 'windows-1252', certain: possible >= 0.98 && chinese >= 0.5 }
}

/** Shares of the characters that are usual, and that can be characters at all: some bytes pair with nothing. */
function pairs(
  bytes: Uint8Array,
  usual: (lead: number, trail: number) => boolean,
  fourByte: boolean,
): { usual: number; possible: number } {
  let [good, valid, all] = [0, 0, 0]
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!
    if (lead < 0x80) continue
    all++
    const [b = 0, c = 0, d = 0] = bytes.subarray(i + 1, i + 4)
    if (fourByte && isDigit(b) && c >= 0x81 && isDigit(d)) {
      good++
      valid++
      i += 3
    } else if (b >= 0x40) {
      if (usual(lead, b)) good++
      valid++
      i++
    }
  }
  return { usual: good / Math.max(1, all), possible: valid / Math.max(1, all) }
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/** Share of runs of bytes beyond ASCII that are one byte long: an accent among Latin letters. */
function loneShare(bytes: Uint8Array): number {
  let [lone, runs, length] = [0, 0, 0]
  for (const byte of [...bytes, 0]) {
    if (byte >= 0x80) length++
    else if (length > 0) {
      runs++
      if (length === 1) lone++
      length = 0
    }
  }
  return runs === 0 ? 0 : lone / runs
}
