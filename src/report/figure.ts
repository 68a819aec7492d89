import type { Language } from '../core/index.ts'

/** A share as people read it: `98.41 %`, `不适用` when nothing was there to count. Never rounds up to 100 % or down to 0 %. */
export function share(a: number, b: number, language: Language): string {
  if (b === 0) return language === 'zh' ? '不适用' : 'n/a'
  const percent = (a / b) * 100
  const rounded = Math.round(percent * 100) / 100
  if (rounded === 100 && a !== b) return '>99.99 %'
  if (rounded === 0 && a !== 0) return '<0.01 %'
  return `${rounded.toFixed(2)} %`
}

/** `1234567` → `1,234,567`. */
export function count(n: number): string {
  return n.toLocaleString('en-US')
}

/** Bytes as people read them, in powers of 1024. */
export function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`
}
