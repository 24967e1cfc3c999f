import type { RiskExplanation, RiskFactor } from '../api/model'

export interface Arithmetic {
  exposure: number
  product: number
  /** The shares added up again: the score, or something is wrong. */
  total: number
}

/** The explanation worked out again: what the exposures add up to, what the factors multiply to. */
export function arithmeticOf({ Exposures, Factors }: RiskExplanation): Arithmetic {
  return {
    exposure: Exposures.reduce((sum, one) => sum + one.Exposure, 0),
    product: Factors.reduce((value, factor) => value * factor.Multiplier, 1),
    total: Exposures.reduce((sum, one) => sum + one.Contribution, 0),
  }
}

export interface Cited {
  factors: (RiskFactor & { note: number })[]
  sources: { text: string; sureness: string | null }[]
}

/** Factors that change something first, each with the number of its source in the reader's language; a source is told once. */
export function cited(factors: readonly RiskFactor[], locale = 'en'): Cited {
  const sources: Cited['sources'] = []
  const weight = (factor: RiskFactor) => Math.abs(Math.log(factor.Multiplier || 1e-9))
  const ordered = [...factors].sort((a, b) => weight(b) - weight(a))
  const noted = ordered.map((factor) => {
    const text = (locale === 'zh' && factor.SourceZh) || factor.Source
    let at = sources.findIndex((source) => source.text === text)
    if (at < 0) at = sources.push({ text, sureness: factor.Sureness ?? null }) - 1
    return { ...factor, note: at + 1 }
  })
  return { factors: noted, sources }
}
