import { HAZARD_FIELDS, type Field, type RiskFactor } from '../api/model'
import type { Formats } from '../i18n/format'
import type { Locale } from '../i18n/preferred'
import { labelIn, wordIn } from '../i18n/wordIn'

export interface Reader {
  locale: Locale
  t(key: string, named?: Record<string, unknown>): string
  te(key: string): boolean
  formats: Pick<Formats, 'month' | 'hour'>
}

/** The property of a water that a factor looks at: kind is Kind, depth DepthMetres, sign HasSign. */
function fieldOf({ Name }: RiskFactor): Field | undefined {
  const names = [Name, `has${Name}`, `${Name}metres`].map((name) => name.toLowerCase())
  return Object.entries<Field>(HAZARD_FIELDS).find(([name]) => names.includes(name.toLowerCase()))?.[1]
}

/** A factor in the reader's words; a rule file may name factors that this version has no word for. */
export function factorLabel(factor: RiskFactor, { locale, t, te }: Reader): string {
  const field = fieldOf(factor)
  const key = `factor.${factor.Name.toLowerCase()}`
  return field ? labelIn(locale, field) : te(key) ? t(key) : factor.Name
}

export function factorValue(factor: RiskFactor, { locale, t, te, formats }: Reader): string {
  const value = factor.Value ?? 'unknown'
  if (factor.Name === 'month' || factor.Name === 'hour') return formats[factor.Name](Number(value))
  const days = /^(\d+) d$/.exec(value)?.[1]
  if (days) return t('factor.days', { count: days })
  if (factor.Name === 'rescue') return t('factor.present') // ring, rope and pole together
  const words = fieldOf(factor)?.words
  const key = `factor.${value.toLowerCase()}`
  return words?.[value] ? wordIn(locale, words, value) : te(key) ? t(key) : value
}
