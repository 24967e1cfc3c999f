import type { Hazard } from '../register/words'

/** What an inspector may change here. */
export const EDITABLE = [
  'Name', 'Status', 'Access', 'DepthMetres', 'Flow', 'Bank', 'HasSign', 'HasRing', 'HasRope', 'HasPole', 'HasCamera', 'OwnerUnit',
] as const satisfies readonly (keyof Hazard)[]

export type Field = (typeof EDITABLE)[number]
export type Draft = Pick<Hazard, Field>

export function draftOf(hazard: Hazard): Draft {
  return Object.fromEntries(EDITABLE.map((field) => [field, hazard[field]])) as Draft
}

/** Only what differs goes to the service; an emptied text is no text. */
export function changesOf(before: Draft, after: Draft): Partial<Draft> {
  const entries = EDITABLE.map((field) => [field, tidy(after[field])] as const).filter(([field, value]) => value !== before[field])
  return Object.fromEntries(entries) as Partial<Draft>
}

export interface Conflict {
  field: Field
  now: unknown
  yours: unknown
}

/** Where somebody else's record and this draft differ, after a refused save. */
export function conflictsOf(now: Draft, changes: Partial<Draft>): Conflict[] {
  return EDITABLE.filter((field) => field in changes && now[field] !== changes[field]).map((field) => ({ field, now: now[field], yours: changes[field] }))
}

function tidy(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null
  return value.trim() === '' ? null : value.trim()
}
