import { getJson } from './http'
import type { CoverageDemand, DivisionLevel } from './model'

export interface Status {
  version: string
  schemaVersion: string | number
  counts: { divisions: number; hazards: number; facilities: number }
  synthetic: boolean
  lastRiskRun: unknown
  /** Null until ways to school were computed the first time. */
  ways: WaysState | null
  /** west, south, east, north */
  extent: [number, number, number, number] | null
}

/** How far the ways to school are behind the register. */
export interface WaysState {
  computedAt: string
  /** When the last change was taken up; null when none has been yet. */
  caughtUpAt: string | null
  waiting: number
  oldestSeconds: number
}

export function serviceStatus(): Promise<Status> {
  return getJson<Status>('/api/status')
}

/** Whom a quick question may be about, and the levels it is answered by. */
export const QUICK_DEMANDS = ['Pupils', 'Children', 'Elders', 'Points'] as const satisfies readonly CoverageDemand[]
export const COVERAGE_LEVELS = ['County', 'Township', 'Village'] as const satisfies readonly DivisionLevel[]
export type Demand = Lowercase<(typeof QUICK_DEMANDS)[number]>
export type CoverageLevel = (typeof COVERAGE_LEVELS)[number]

export interface CoverageQuestion {
  kind: string
  within: number
  demand: Demand
  level: CoverageLevel
}

export interface DivisionCoverage {
  code: string
  name: string
  level: string
  demand: number
  covered: number
  share: number | null
  nearestMetres: { p50: number | null; p90: number | null; max: number | null } | null
}

export interface LeftOut {
  id: string
  code: string
  name: string
  divisionCode: string
  demand: number
  nearestMetres: number | null
  longitude: number
  latitude: number
}

export interface Coverage {
  kind: string
  withinMetres: number
  demand: Demand
  distance: string
  totals: { demand: number; covered: number; share: number | null }
  divisions: DivisionCoverage[]
  leftOut: LeftOut[]
  leftOutTruncated: boolean | number
}

export function coverageOf({ kind, within, demand, level }: CoverageQuestion, signal?: AbortSignal): Promise<Coverage> {
  const query = new URLSearchParams({ kind, within: String(within), demand, level })
  return getJson<Coverage>(`/api/coverage?${query}`, { signal })
}
