import { COVERAGE_DEMAND_WORDS, FACILITY_KIND_WORDS, type CoverageRun } from '../api/model'
import { partsOf } from '../api/coverage'
import { wordOf } from '../i18n/words'

/** A run by its name, or by what it asked. */
export function runTitle({ Name, Kind, Demand, DemandKinds }: CoverageRun): string {
  const kinds = partsOf(DemandKinds)
  const served = Demand === 'Facilities' && kinds[0] ? wordOf(FACILITY_KIND_WORDS, kinds[0]) : wordOf(COVERAGE_DEMAND_WORDS, Demand)
  return Name ?? `${wordOf(FACILITY_KIND_WORDS, Kind)} → ${served}`
}
