import { RISK_LEVELS, type DayKind, type RiskFactor, type RiskLevel, type TripReasons, type TripWhen } from '../api/model'

/** Homes nearer than this are told together. */
export const NEAR_METRES = 600

/** The levels that a water may have, the graver first: one where it is held firmly. */
export function levelsOf(level: RiskLevel, { OtherLevel }: Pick<TripReasons, 'OtherLevel'>): RiskLevel[] {
  const levels = OtherLevel ? [level, OtherLevel] : [level]
  return levels.sort((a, b) => RISK_LEVELS.indexOf(a) - RISK_LEVELS.indexOf(b))
}

export interface NearHomes {
  places: number
  children: number
  /** More places than were told send children. */
  isAtLeast: boolean
}

/** Who lives near the water; pupils and children in care are counted at home. */
export function nearHomes({ Places, PlaceCount }: Pick<TripReasons, 'Places' | 'PlaceCount'>): NearHomes {
  const near = Places.filter((one) => one.Kind !== 'Facility' && one.DistanceMetres <= NEAR_METRES)
  return { places: near.length, children: near.reduce((sum, one) => sum + one.Children, 0), isAtLeast: PlaceCount > Places.length }
}

/** Most visits come from homes of which only the centre of their village is known. */
export function areHomesRough({ Places }: Pick<TripReasons, 'Places'>): boolean {
  const visits = (kinds: (kind: string) => boolean) =>
    Places.filter((one) => one.Kind !== 'Facility' && kinds(one.Kind)).reduce((sum, one) => sum + one.Visits, 0)
  return visits((kind) => kind === 'Centre') > visits(() => true) / 2
}

export interface Peak {
  kind: DayKind
  /** When most come; of hours that are equal the middle one. */
  hour: number
  visits: number
  /** The hours around it in which nearly as many come: from its beginning to its end. */
  from: number
  to: number
}

/** Less is not nearly as many. */
const NEARLY = 0.8
/** Of kinds of day that are equal the freer one is told. */
const FREEST: readonly DayKind[] = ['Holiday', 'Weekend', 'SchoolDay']

/** When most children come in the peak month, and on which of its kinds of day; null: nobody comes. */
export function peakOf({ Days, Months, PeakMonth }: Pick<TripWhen, 'Days' | 'Months' | 'PeakMonth'>): Peak | null {
  const month = Months[PeakMonth - 1]
  const days = Days.filter(({ Kind }) => month?.[Kind] != null).sort((a, b) => FREEST.indexOf(a.Kind) - FREEST.indexOf(b.Kind))
  const visits = Math.max(0, ...days.flatMap((day) => day.Visits))
  const day = days.find(({ Visits }) => Visits.some((one) => one >= visits * (1 - 1e-9)))
  if (!day || visits === 0) return null
  const best = day.Visits.flatMap((one, hour) => (one >= visits * (1 - 1e-9) ? [hour] : []))
  const hour = best[best.length >> 1]!
  let [from, to] = [hour, hour + 1]
  while (from > 0 && day.Visits[from - 1]! >= NEARLY * visits) from--
  while (to < day.Visits.length && day.Visits[to]! >= NEARLY * visits) to++
  return { kind: day.Kind, hour, visits, from, to }
}

/** An hour of a day of that kind in that month, as UTC; null: the month has no such day. */
export function instantIn(when: TripWhen, month: number, kind: DayKind, hour: number): string | null {
  const day = when.Months[month - 1]?.[kind]
  if (!day) return null
  const utc = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000 - when.UtcOffsetMinutes * 60_000
  return new Date(utc).toISOString().replace('.000Z', 'Z')
}

export type FactorGroupName = 'attraction' | 'deadliness' | 'attraction1To4' | 'deadliness1To4'
const GROUPS: readonly string[] = ['attraction', 'deadliness', 'attraction1To4', 'deadliness1To4'] satisfies FactorGroupName[]

export interface FactorGroup<F> {
  /** Null: factors that are all of one product. */
  name: FactorGroupName | null
  factors: F[]
  product: number
}

/** Factors by the product that they belong to, each by its own name: attraction.kind is kind among those of attraction. */
export function groupsOf<F extends RiskFactor>(factors: readonly F[]): FactorGroup<F>[] {
  const groups = new Map<string | null, FactorGroup<F>>()
  for (const factor of factors) {
    const [first, rest] = splitOnce(factor.Name)
    const name = rest !== undefined && GROUPS.includes(first) ? (first as FactorGroupName) : null
    const group = groups.get(name) ?? { name, factors: [], product: 1 }
    group.factors.push(name ? { ...factor, Name: rest! } : factor)
    group.product *= factor.Multiplier
    groups.set(name, group)
  }
  const place = ({ name }: FactorGroup<F>) => (name ? GROUPS.indexOf(name) : -1)
  return [...groups.values()].sort((a, b) => place(a) - place(b))
}

function splitOnce(name: string): [string, string | undefined] {
  const at = name.indexOf('.')
  return at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)]
}

/** Facts that nobody has stated: measuring them makes the score surer. Each once, by its name. */
export function unstated(factors: readonly RiskFactor[]): RiskFactor[] {
  const found = new Map<string, RiskFactor>()
  for (const { name, factors: own } of groupsOf(factors))
    for (const factor of own) if (name && factor.Value === 'unknown' && !found.has(factor.Name)) found.set(factor.Name, factor)
  return [...found.values()]
}

/** What WhatIf is asked to learn where the trips of a measure go. */
const TRIED: Record<string, string> = {
  Fence: "Access='Fenced'",
  Restrict: "Access='Restricted'",
  GradeBank: "Bank='Gentle'",
  Sign: 'HasSign=true',
  Ring: 'HasRing=true',
  Rope: 'HasRope=true',
  Pole: 'HasPole=true',
  FourOnes: 'HasSign=true,HasRing=true,HasRope=true,HasPole=true',
  Camera: 'HasCamera=true',
  Close: "Status='Closed'",
  Fill: "Status='Filled'",
}

/** The arguments of WhatIf for a measure that it proposed; undefined: one that this version does not know. */
export const triedBy = (measure: string): string | undefined => TRIED[measure]
