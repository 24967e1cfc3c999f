import { getJson } from '../api/http'
import { literal, urlOf } from '../api/odata'
import type { RiskDisplaced, RiskExplanation, RiskLevelChange, RiskMeasure, RiskProfile, RiskWhatIf, WorstHazard } from '../api/model'

/** Why a water scores what it scores, at the rule's reference or at a time. */
export function explainRisk(id: string, at: string | null, signal?: AbortSignal): Promise<RiskExplanation> {
  return getJson<RiskExplanation>(`/odata/Hazards(${id})/HazardMap.ExplainRisk(${at ? `at=${at}` : ''})`, { signal })
}

export async function whatIf(id: string, signal?: AbortSignal): Promise<RiskMeasure[]> {
  return (await getJson<{ Measures: RiskMeasure[] }>(`/odata/Hazards(${id})/HazardMap.WhatIf()`, { signal })).Measures
}

/** Where trips go when a measure is taken; null under rules that know no trips. `tried` are arguments of WhatIf. */
export async function displacedBy(id: string, tried: string, signal?: AbortSignal): Promise<RiskDisplaced | null> {
  return (await getJson<RiskWhatIf>(`/odata/Hazards(${id})/HazardMap.WhatIf(${tried})`, { signal })).Displaced
}

export async function levelChanges(id: string, most: number, signal?: AbortSignal): Promise<RiskLevelChange[]> {
  const url = urlOf('RiskLevelChanges', { filter: `HazardId eq ${id}`, orderBy: 'ChangedAt desc', top: most })
  return (await getJson<{ value: RiskLevelChange[] }>(url, { signal })).value
}

export async function worstHazards(division: string, most: number, signal?: AbortSignal): Promise<WorstHazard[]> {
  const url = `/odata/Divisions(${encodeURIComponent(literal(division))})/HazardMap.WorstHazards(top=${most})`
  return (await getJson<{ Hazards: WorstHazard[] }>(url, { signal })).Hazards
}

/** Month and hour do not change with the water: one profile a rule, read once. */
const profiles = new Map<string, Promise<RiskProfile>>()

export function riskProfile(rule: string): Promise<RiskProfile> {
  const known = profiles.get(rule)
  if (known) return known
  const asked = getJson<RiskProfile>(`/odata/RiskRules(${encodeURIComponent(literal(rule))})/HazardMap.Profile()`)
  profiles.set(rule, asked)
  asked.catch(() => profiles.delete(rule))
  return asked
}

/** The 15th of a month at an hour of the rule's own clock, as UTC. */
export function instantOf(year: number, month: number, hour: number, utcOffsetMinutes: number): string {
  return new Date(Date.UTC(year, month - 1, 15, hour) - utcOffsetMinutes * 60_000).toISOString().replace('.000Z', 'Z')
}
