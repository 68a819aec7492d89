/** GB18030 encoder: Node can decode it, not write it. The table is made from the platform's own decoder. */
let twoByte: Map<number, number> | undefined
let fourByte: Map<number, number> | undefined

function tables(): { two: Map<number, number>; four: Map<number, number> } {
  if (twoByte && fourByte) return { two: twoByte, four: fourByte }
  const decoder = new TextDecoder('gb18030')
  const two = new Map<number, number>()
  const four = new Map<number, number>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const text = decoder.decode(Uint8Array.of(lead, trail))
      const point = text.codePointAt(0)!
      if ([...text].length === 1 && point !== 0xfffd && !two.has(point)) two.set(point, (lead << 8) | trail)
    }
  // the basic plane's four-byte area: 0x81308130 … 0x8431A439
  for (let linear = 0; linear <= 39_419; linear++) {
    const text = decoder.decode(fourBytes(linear))
    const point = text.codePointAt(0)!
    if ([...text].length === 1 && !two.has(point)) four.set(point, linear)
  }
  twoByte = two
  fourByte = four
  return { two, four }
}

function fourBytes(linear: number): Uint8Array {
  const d = 0x30 + (linear % 10)
  const c = 0x81 + (Math.floor(linear / 10) % 126)
  const b = 0x30 + (Math.floor(linear / 1260) % 10)
  return Uint8Array.of(0x81 + Math.floor(linear / 12_600), b, c, d)
}

/** Bytes of a text in GB18030; supplementary planes begin at 0x90308130. */
export function encodeGb18030(text: string): Uint8Array {
  const { two, four } = tables()
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0)!
    if (point < 0x80) bytes.push(point)
    else {
      const pair = two.get(point)
      if (pair !== undefined) bytes.push(pair >> 8, pair & 255)
      else bytes.push(...fourBytes(point >= 0x10000 ? 189_000 + point - 0x10000 : (four.get(point) ?? 0)))
    }
  }
  return Uint8Array.from(bytes)
}
