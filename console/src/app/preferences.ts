import { useSyncExternalStore } from 'react'
import type { ThemeName } from '../kit/index.ts'
import { type Language, languageTag, speak } from '../words/index.ts'

export interface Preferences {
  readonly language: Language
  readonly theme: ThemeName
}

const place = 'datong.preferences'
const listeners = new Set<() => void>()
let held = read()

function read(): Preferences {
  const kept = keptPreferences()
  return {
    language: kept.language ?? (navigator.language.startsWith('zh') ? 'zh' : 'en'),
    theme: kept.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  }
}

/** A browser may refuse storage, and what is stored may be anybody's. */
function keptPreferences(): Partial<Preferences> {
  try {
    const { language, theme } = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Preferences>
    return {
      ...(language === 'zh' || language === 'en' ? { language } : {}),
      ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
    }
  } catch {
    return {}
  }
}

export function preferences(): Preferences {
  return held
}

/** Kept in this browser; the page follows at once. */
export function prefer(change: Partial<Preferences>): void {
  held = { ...held, ...change }
  localStorage.setItem(place, JSON.stringify(held))
  document.documentElement.lang = languageTag[held.language]
  if (change.language) void speak(change.language)
  for (const listener of listeners) listener()
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, preferences)
}
