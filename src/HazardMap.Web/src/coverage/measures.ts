import type { DivisionResult } from '../api/coverage'
import type { CoverageUnit } from '../api/model'
import type { Formats } from '../i18n/format'

/** What a division can be coloured by: share, nearest way, and the floating catchment methods. */
export const MEASURES = ['Share', 'NearestP50', 'ProviderRatio', 'TwoStep', 'Stepped', 'Gaussian', 'ThreeStep'] as const
export type Measure = (typeof MEASURES)[number]

export const lessIsBetter = (measure: Measure) => measure === 'NearestP50'

/** A figure of a division, or null where there is nobody to ask for. */
export function valueOf(division: DivisionResult, measure: Measure): number | null {
  return division.Demand > 0 ? division[measure] : null
}

export function wayText(formats: Formats, unit: CoverageUnit, minutes: string) {
  return (cost: number | null) => (unit === 'Metres' || cost === null ? formats.metres(cost) : `${formats.decimal(cost)} ${minutes}`)
}

export function measureText(formats: Formats, measure: Measure, way: (cost: number | null) => string): (value: number | null) => string {
  if (measure === 'Share') return formats.share
  return measure === 'NearestP50' ? way : (value) => formats.decimal(value)
}
