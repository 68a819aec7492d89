/** The text of each element of an array. Returns whether the document is one array and nothing else. */
export function* elementsOf(text: string): Generator<string, boolean> {
  const first = text.search(/\S/) + 1
  if (text[first - 1] !== '[') return false
  let start = first
  let depth = 0
  for (let at = first; at < text.length; at++) {
    const c = text[at]
    if (c === '"') at = endOfString(text, at)
    else if (c === '[' || c === '{') depth++
    else if (c === ',' && depth === 0) {
      yield text.slice(start, at)
      start = at + 1
    } else if (c === ']' || c === '}') {
      if (depth-- > 0) continue
      const last = text.slice(start, at)
      if (start > first || last.trim() !== '') yield last
      return c === ']' && text.slice(at + 1).trim() === ''
    }
  }
  return false
}

/** Where the string that begins at `from` ends; the end of the text when it does not. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let back = at
    while (text[back - 1] === '\\') back--
    if ((at - back) % 2 === 0) return at
  }
  return text.length
}
