import { all } from '../api/odata'
import type { Access, Inspection, Person, RectificationSeverity } from '../api/model'
import { FOUR_ONES, type One } from '../hazard/ones'
import { send, type Step } from './send'

/** What an inspector sees; null: not looked at. */
export interface Seen {
  ones: Record<One, boolean | null>
  depth: number | null
  access: Access | null
  notes: string
  /** What is wrong, when something is: it becomes a rectification of its own. */
  defect: string
  severity: RectificationSeverity
}

export interface Place {
  longitude: number
  latitude: number
  accuracy: number
}

/** Nothing has been looked at yet. */
export function nothingSeen(): Seen {
  return { ones: { HasSign: null, HasRing: null, HasRope: null, HasPole: null }, depth: null, access: null, notes: '', defect: '',
    severity: 'Minor' }
}

/** What an inspection says that was seen, to be corrected. */
export function seenIn(one: Inspection): Seen {
  const { HasSign, HasRing, HasRope, HasPole } = one
  return { ...nothingSeen(), ones: { HasSign, HasRing, HasRope, HasPole }, depth: one.DepthMetres, access: one.Access,
    notes: one.Notes ?? '' }
}

/** All four ones are there and nothing is wrong. */
export function allIsWell(seen: Seen): void {
  for (const one of FOUR_ONES) seen.ones[one] = true
  seen.defect = ''
}

/** Something is missing or wrong. */
export function hasDefects({ ones, defect }: Seen): boolean {
  return defect.trim() !== '' || FOUR_ONES.some((one) => ones[one] === false)
}

/** What a correction says as the corrected one did, because the form does not ask for it. */
function carriedFrom(one: Inspection): Partial<Inspection> {
  const { At, InspectorId, HasCamera, ChildrenSeen, ChildrenInWater, WatchedMinutes } = one
  return { CorrectsId: one.Id, At, InspectorId, HasCamera, ChildrenSeen, ChildrenInWater, WatchedMinutes }
}

/** The steps that record a visit, or correct one: the inspection, and the rectification of what is wrong. */
export function stepsOf(hazard: string, seen: Seen, place: Place | null, at = new Date(), corrects: Inspection | null = null): Step[] {
  const id = crypto.randomUUID()
  const defect = seen.defect.trim()
  const inspection = {
    Id: id, HazardId: hazard, At: at.toISOString(), DeviceAt: at.toISOString(), Result: hasDefects(seen) ? 'Defects' : 'Safe',
    ...seen.ones, DepthMetres: seen.depth, Access: seen.access, Notes: seen.notes.trim() || null,
    ...(place && {
      Position: { type: 'Point', coordinates: [place.longitude, place.latitude] }, AccuracyMetres: place.accuracy,
    }),
    ...(corrects && carriedFrom(corrects)),
  }
  const found = { HazardId: hazard, InspectionId: id, FoundAt: at.toISOString(), Description: defect, Severity: seen.severity }
  return [{ url: 'Inspections', body: inspection }, ...(defect ? [{ url: 'Rectifications', body: found }] : [])]
}

export function record(hazard: string, seen: Seen, place: Place | null, corrects: Inspection | null): Promise<void> {
  return send(stepsOf(hazard, seen, place, new Date(), corrects))
}

export type ListedInspection = Inspection & { Inspector: Person | null }

/** The newest inspections of a water. */
export function inspectionsOf(hazard: string, signal?: AbortSignal): Promise<ListedInspection[]> {
  return all<ListedInspection>('Inspections',
    { filter: `HazardId eq ${hazard}`, orderBy: 'At desc', top: 10, expand: 'Inspector($select=Name)' }, signal)
}

/** Where the device is, as well as it knows within some seconds; null: it does not tell. */
export function whereNow(): Promise<Place | null> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator)) return resolve(null)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ longitude: coords.longitude, latitude: coords.latitude, accuracy: coords.accuracy }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 10_000 },
    )
  })
}
