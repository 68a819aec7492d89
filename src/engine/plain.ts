import { call, type Expr, when } from './plan.ts'
import { remembered } from './computed.ts'

/**
 * Printable ASCII and common Chinese characters, no blank at either end, not empty. Folding, trimming and the search for broken
 * characters leave such text alone, so that nearly all values need one look. 烫 and 锟 stand at the beginning of broken text and
 * are left out.
 */
const inside = '!-~\\x{4E00}-\\x{70EA}\\x{70EC}-\\x{951E}\\x{9520}-\\x{9FFF}'
export const plainPattern = `[${inside}]([ ${inside}]*[${inside}])?`

/** True where the text is plain; null where there is none. */
export const isPlain: (value: Expr) => Expr = remembered((value) => call('matches', value, plainPattern))

/** True where the text is common Chinese characters alone, as most names are; null where there is none. */
export const isChinese: (value: Expr) => Expr = remembered((value) => call('matches', value, '[\\x{4E00}-\\x{9FFF}]+'))

/** Exactly core's `tidy`: width folded, then trimmed. Plain text is tidy as it stands, and so is what has been made tidy. */
export const tidied: (value: Expr) => Expr = remembered((value) => {
  if (made.has(value)) return value
  const tidy = when([[isPlain(value), value]], call('trim', call('foldWidth', value)))
  made.add(tidy)
  return tidy
})
const made = new WeakSet<Expr>()
