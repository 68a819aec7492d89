/** An amount of money in 分 (1/100 yuan), exact. */
export type Fen = bigint & { readonly __brand: 'Fen' }

/** Reads `1,234.5`, `￥12`, `-0.01` as 分; undefined when it is no amount or has more than two decimals. */
export function parseYuan(text: string): Fen | undefined {
  const found = /^(-?)[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?(?:元)?$/.exec(text.normalize('NFKC').trim())
  if (!found) return undefined
  const [, sign, whole = '0', part = ''] = found
  const fen = BigInt(whole.replaceAll(',', '')) * 100n + BigInt(part.padEnd(2, '0'))
  return (sign === '-' ? -fen : fen) as Fen
}

/** `123450n` → `1,234.50`. */
export function formatYuan(fen: Fen): string {
  const sign = fen < 0n ? '-' : ''
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}${whole}.${digits.slice(-2)}`
}
