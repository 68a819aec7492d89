/** Languages a person may read. Chinese is the source, English is complete. */
export type Language = 'zh' | 'en'

/** The same words in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** Values that may stand in `{braces}` of a message. Never personal data, never secrets. */
export type Particulars = Readonly<Record<string, string | number>>

/** Fills `{name}` places. An unknown place stays as written, so that a forgotten particular is seen. */
export function fill(template: string, particulars: Particulars = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in particulars ? String(particulars[name]) : whole,
  )
}

/** Both languages of a message with its places filled. */
export function say(words: Words, particulars: Particulars = {}): Words {
  return { zh: fill(words.zh, particulars), en: fill(words.en, particulars) }
}
