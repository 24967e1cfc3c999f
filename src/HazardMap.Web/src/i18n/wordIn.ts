import type { Field, Words } from '../api/model'
import type { Locale } from './preferred'

/** A member of an enumeration as the register calls it; one that this version does not know, as it is. */
export function wordIn(locale: Locale, words: Words, member: string): string {
  return words[member]?.[locale] ?? member
}

/** The same at more length, where a legend has room. */
export function longWordIn(locale: Locale, words: Words, member: string): string {
  return words[member]?.[locale === 'zh' ? 'longZh' : 'longEn'] ?? wordIn(locale, words, member)
}

/** What a property is called. */
export function labelIn(locale: Locale, field: Field): string {
  return field.label[locale]
}
