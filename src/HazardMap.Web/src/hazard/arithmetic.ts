import type { Explanation } from '../register/words'

export interface Arithmetic {
  exposure: number
  product: number
  total: number
}

/** The explanation worked out again: what the exposures add up to, what the factors multiply to. */
export function arithmeticOf({ Exposures, Factors }: Explanation): Arithmetic {
  const exposure = Exposures.reduce((sum, one) => sum + one.Exposure, 0)
  const product = Factors.reduce((value, factor) => value * factor.Multiplier, 1)
  return { exposure, product, total: exposure * product }
}
