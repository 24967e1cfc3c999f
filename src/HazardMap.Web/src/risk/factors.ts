import type { Formats } from '../i18n/format'
import type { RiskFactor } from '../register/words'

type Translate = (key: string) => string
type Exists = (key: string) => boolean

/** A factor in the reader's words; a rule file may name factors that this version has no word for. */
export function factorLabel(factor: RiskFactor, t: Translate, te: Exists): string {
  const key = `factor.${factor.Name.toLowerCase()}`
  return te(key) ? t(key) : factor.Name
}

export function factorValue(factor: RiskFactor, t: Translate, te: Exists, formats: Pick<Formats, 'month' | 'hour'>): string {
  const value = factor.Value ?? 'unknown'
  if (factor.Name === 'month' || factor.Name === 'hour') return formats[factor.Name](Number(value))
  const keys = [`${factor.Name.toLowerCase()}.${value}`, `factor.${value.toLowerCase()}`]
  const known = keys.find((key) => te(key))
  return known ? t(known) : value
}
