/** Records looked at for a header. */
const mostTitles = 20

type Fields = readonly string[]

/**
 * Where the header stands among the first records. Offices put a title, the unit and the date of the table, sometimes a blank
 * line above it; `width` is the number of fields of a usual record.
 */
export function headerIndex(records: readonly Fields[], width: number): number {
  let first = 0
  while (first < Math.min(records.length - 1, mostTitles) && width > 1 && filled(records[first]!) <= 1) first++
  return belowPreamble(records, first, width) ?? first
}

/**
 * A record of names further down, when what stands above it is a preamble: it fills at most half as many fields, or a blank line
 * parts the two and the upper one fills fewer fields or holds numbers.
 */
function belowPreamble(records: readonly Fields[], first: number, width: number): number | undefined {
  const upper = records[first]
  if (upper === undefined || width < 3) return undefined
  let parted = false
  for (let i = first + 1; i < Math.min(records.length - 1, mostTitles); i++) {
    const record = records[i]!
    if (filled(record) === 0) parted = true
    else if (isNames(record, width)) {
      const sparse = filled(upper) * 2 <= filled(record)
      const lesser = filled(upper) < filled(record) || upper.some((f) => numeral.test(f.trim()))
      return sparse || (parted && lesser) ? i : undefined
    }
  }
  return undefined
}

/** Fields that could all be names of columns: nearly all filled, none twice, no number among them. */
function isNames(record: Fields, width: number): boolean {
  const names = record.map((f) => f.trim()).filter((f) => f !== '')
  return (
    names.length >= Math.max(2, width * 0.8) &&
    new Set(names).size === names.length &&
    !names.some((f) => numeral.test(f))
  )
}

export function filled(record: Fields): number {
  return record.reduce((n, f) => n + (f.trim() === '' ? 0 : 1), 0)
}

/** A number, an amount, a date or a time. */
export const numeral = /^[-+]?\d[\d.,:/-]*$/
