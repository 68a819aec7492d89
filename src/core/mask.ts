/**
 * 脱敏 for samples and reports: keeps enough to recognise, never enough to use.
 * 18 characters: first 3 and last 4 (as in the shared test vectors); otherwise about a third stays, at most 4 characters.
 */
export function mask(value: string): string {
  const points = [...value]
  const n = points.length
  if (n === 0) return ''
  if (n === 1) return '*'
  const [head, tail] = n >= 15 ? [3, 4] : n >= 11 ? [3, 2] : n >= 6 ? [1, 1] : [1, 0]
  return `${points.slice(0, head).join('')}${'*'.repeat(n - head - tail)}${points.slice(n - tail).join('')}`
}

/** Numbers that belong to one person, wherever they stand in a text: citizen ID numbers (GB 11643) and mobile numbers. */
const personal =
  /(?<![0-9A-Za-z])(?:[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z])/g

/** A value of a column that is not graded sensitive: personal numbers that strayed into it are masked all the same. */
export function maskNumbers(value: string): string {
  return value.replace(personal, mask)
}
