import type { Hazard } from '../api/model'
import { FORM, type HazardField } from './form'

/** What somebody types into the form about a water. */
export type Draft = Partial<Hazard>

export function draftOf(hazard: Hazard): Draft {
  return Object.fromEntries(FORM.map(([name]) => [name, hazard[name]])) as Draft
}

/** Only what differs goes to the service; an emptied text is no text. */
export function changesOf(before: Draft, after: Draft): Draft {
  const entries = Object.keys(after) as HazardField[]
  return Object.fromEntries(
    entries.map((name) => [name, tidy(after[name])] as const).filter(([name, value]) => value !== (before[name] ?? null)),
  ) as Draft
}

export interface Conflict {
  name: HazardField
  now: unknown
  yours: unknown
}

/** Where somebody else's record and this draft differ, after a refused save. */
export function conflictsOf(now: Draft, changes: Draft): Conflict[] {
  const names = Object.keys(changes) as HazardField[]
  return names.filter((name) => now[name] !== changes[name]).map((name) => ({ name, now: now[name], yours: changes[name] }))
}

function tidy(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null
  return value.trim() === '' ? null : value.trim()
}
