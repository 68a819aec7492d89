import i18next, { type ParseKeys } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { en } from './en/index.ts'
import { type Language, languageTag } from './language.ts'
import { zh } from './zh-CN/index.ts'

export type { Language }
export { languageTag }

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    returnNull: false
    resources: { translation: typeof zh }
  }
}

/** A key of the message catalogue; the compiler refuses one that does not exist. */
export type WordKey = ParseKeys

/** Words that came from the server, in both languages. */
interface Words {
  readonly zh: string
  readonly en: string
}

export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  })
}

export async function speak(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
}

/** Words, numbers and times in the language of the page. Read while rendering, never at import. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const language: Language = i18n.language === 'en' ? 'en' : 'zh'
  return {
    t,
    language,
    /** The right half of words in both languages. */
    say: (words: Words): string => words[language],
    ...formats[language],
  }
}

const formats = { zh: formatsOf('zh'), en: formatsOf('en') }

function formatsOf(language: Language) {
  const tag = languageTag[language]
  const whole = new Intl.NumberFormat(tag)
  const short = new Intl.NumberFormat(tag, { notation: 'compact', maximumFractionDigits: 1 })
  const moment = new Intl.DateTimeFormat(tag, {
    dateStyle: language === 'zh' ? 'long' : 'medium',
    timeStyle: 'short',
  })
  const clock = new Intl.DateTimeFormat(tag, { timeStyle: 'medium' })
  return {
    number: (n: number): string => whole.format(n),
    /** 万 and 亿, or K and M: for places where the exact number is a hover away. */
    shortNumber: (n: number): string => short.format(n),
    moment: (iso: string): string => moment.format(new Date(iso)),
    clock: (iso: string | number): string => clock.format(new Date(iso)),
  }
}

/** A share as people read it; null when there was nothing to count. Never rounds up to 100 % or down to 0 %. */
export function shareText(a: number, b: number): string | null {
  if (b === 0) return null
  const rounded = Math.round((a / b) * 10_000) / 100
  if (rounded === 100 && a !== b) return '>99.99 %'
  if (rounded === 0 && a !== 0) return '<0.01 %'
  return `${rounded.toFixed(2)} %`
}

/** Bytes in powers of 1024. */
export function bytesText(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1)
  return `${step === 0 ? bytes : (bytes / 1024 ** step).toFixed(1)} ${units[step]}`
}
