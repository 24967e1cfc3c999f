import { RISK_LEVELS, type Hazard, type RiskLevel } from '../api/model'
import type { Places } from '../divisions/places'
import { shortName } from '../divisions/shortName'
import { FOUR_ONES } from '../hazard/ones'

/** What the table needs of a water, nothing else. */
export const ROW_PROPERTIES = [
  'Id', 'Code', 'Name', 'Kind', 'Location', 'DivisionCode', 'Access', ...FOUR_ONES, 'Status', 'RiskScore', 'RiskLevel',
  'OtherLevel', 'Deadliness',
] as const satisfies readonly (keyof Hazard)[]
export type HazardRow = Pick<Hazard, (typeof ROW_PROPERTIES)[number]>

/** A ledger row made ready to filter, sort and draw: flat, nothing to compute twice. */
export interface LedgerRow {
  id: string
  code: string
  name: string
  /** The name without the place that stands beside it. */
  shortName: string
  kind: string
  level: RiskLevel | null
  /** The next most probable level, where the level is not held firmly. */
  otherLevel: RiskLevel | null
  /** 0 is worst, so that ascending order is worst first. */
  levelRank: number
  score: number | null
  /** Of the class that keeps its mark whatever the level; told by rules of trips only. */
  isMostDeadly: boolean
  status: string
  access: string | null
  /** Null: nobody has looked. */
  ones: readonly (boolean | null)[]
  onesMissing: number
  division: string
  county: string
  place: string
  longitude: number
  latitude: number
  search: string
}

const UNSCORED_RANK = RISK_LEVELS.length

export function rowOf(hazard: HazardRow, places: Places): LedgerRow {
  const ones = FOUR_ONES.map((one) => hazard[one])
  const place = places.placeOf(hazard.DivisionCode)
  return {
    id: hazard.Id,
    code: hazard.Code,
    name: hazard.Name,
    shortName: shortName(hazard.Name, place),
    kind: hazard.Kind,
    level: hazard.RiskLevel,
    otherLevel: hazard.OtherLevel,
    levelRank: hazard.RiskLevel ? RISK_LEVELS.indexOf(hazard.RiskLevel) : UNSCORED_RANK,
    score: hazard.RiskScore,
    isMostDeadly: hazard.Deadliness === 'IV',
    status: hazard.Status,
    access: hazard.Access,
    ones,
    onesMissing: ones.filter((present) => present === false).length,
    division: hazard.DivisionCode,
    county: places.countyOf(hazard.DivisionCode),
    place,
    longitude: hazard.Location.coordinates[0],
    latitude: hazard.Location.coordinates[1],
    search: `${hazard.Name} ${hazard.Code} ${place}`.toLowerCase(),
  }
}
