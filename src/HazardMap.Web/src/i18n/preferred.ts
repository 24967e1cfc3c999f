export type Locale = 'zh' | 'en'

/** The reader's own choice, else the browser's first language, else Chinese. */
export function preferredLocale(stored: string | null, languages: readonly string[]): Locale {
  if (stored === 'zh' || stored === 'en') return stored
  return languages[0]?.toLowerCase().startsWith('en') ? 'en' : 'zh'
}
