export type Language = 'zh' | 'en'

/** What the `lang` attribute and the formats of numbers and dates say. */
export const languageTag = { zh: 'zh-CN', en: 'en' } as const satisfies Record<Language, string>
