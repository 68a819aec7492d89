const magics: readonly (readonly [string, string])[] = [
  ['504b0304', 'ZIP / XLSX'],
  ['504b0506', 'ZIP'],
  ['d0cf11e0a1b11ae1', 'XLS / DOC'],
  ['1f8b08', 'gzip'],
  ['50415231', 'Parquet'],
  ['25504446', 'PDF'],
  ['89504e47', 'PNG'],
  ['ffd8ff', 'JPEG'],
  ['377abcaf271c', '7z'],
  ['52617221', 'RAR'],
  ['53514c69746520666f726d6174', 'SQLite'],
  ['fffe0000', 'UTF-32'],
  ['0000feff', 'UTF-32'],
]

/** What a file that calls itself text really is, by its first bytes; undefined when it may be text. */
export function foreignContent(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.subarray(0, 16)).toString('hex')
  const magic = magics.find(([bytes]) => start.startsWith(bytes))
  if (magic !== undefined) return magic[1]
  return /^(\ufeff|\s)*<(!doctype html|html|\?xml)/i.test(Buffer.from(head.subarray(0, 200)).toString('utf8'))
    ? 'HTML / XML'
    : undefined
}

/** Text holds hardly any control characters. Asked only of bytes that are neither UTF-8 nor UTF-16. */
export function mostlyControls(head: Uint8Array): boolean {
  let controls = 0
  for (const byte of head) if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) controls++
  return controls > head.length / 20
}
