import type { Field, GeoPoint } from '../api/model'
import { formats, i18n, locale } from '../i18n'
import { inLocale } from '../i18n/bilingual'
import { NOTHING } from '../i18n/format'
import { wordOf } from '../i18n/words'

/** What a property holds, in the reader's language. */
export function valueText({ kind, unit, words }: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING
  if (words) return wordOf(words, String(value))
  if (kind === 'yesNo') return i18n.global.t(value ? 'edit.yes' : 'edit.no')
  if (kind === 'moment') return formats.value.moment(String(value))
  if (kind === 'day') return formats.value.day(String(value))
  if (kind === 'geometry') return (value as GeoPoint).coordinates.map((degrees) => degrees.toFixed(6)).join(', ')
  if (kind === 'text') return inLocale(String(value), locale.value)
  return unit ? `${value} ${unit}` : String(value)
}
