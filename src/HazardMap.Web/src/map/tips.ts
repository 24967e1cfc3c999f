import { WORDS } from '../api/model'
import type { Formats } from '../i18n/format'
import { inLanguage, type Bilingual, type Tip } from './layers'

type Properties = Record<string, unknown>
type Reader = {
  locale: string
  formats: Pick<Formats, 'integer' | 'metres' | 'score' | 'expected'>
  model?: string
  bounds?: readonly number[]
}

/** What a layer's style says of a feature under the pointer, in the reader's language. */
export function tipOf({ title, text }: Tip, properties: Properties, reader: Reader): { title: string; text: string } {
  const parts = text.filter(
    (part) => typeof part === 'string' || ((!part.if || Boolean(properties[part.if])) && (!part.under || part.under === reader.model)),
  )
  return {
    title: fill(title, properties, reader),
    text: parts
      .map((part) => fill(part, properties, reader))
      .filter(Boolean)
      .join(' · '),
  }
}

function fill(template: Bilingual, properties: Properties, reader: Reader): string {
  return inLanguage(template, reader.locale).replace(
    /\{([\w-]+)(?::(\w+))?(?:\|([^}]*))?\}/g,
    (_, name: string, format?: string, otherwise = '') => {
      const value = properties[name]
      return value === undefined || value === null ? otherwise : textOf(value, format, reader)
    },
  )
}

function textOf(value: unknown, format: string | undefined, { locale, formats, bounds }: Reader): string {
  if (format === 'expected') return formats.expected(Number(value), bounds)
  if (format === 'integer' || format === 'metres' || format === 'score') return formats[format](Number(value))
  const word = format && (WORDS as Record<string, Record<string, { zh: string; en: string }>>)[format]?.[String(value)]
  return word ? inLanguage(word, locale) : String(value)
}
