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
    entries.map((name) => [name, tidy(after[name])] as const).filter(([name, value]) => !isSame(value, before[name])),
  ) as Draft
}

/** A field that two people changed, each otherwise: as both found it, as it is now, and as this reader wants it. */
export interface Conflict {
  name: HazardField
  base: unknown
  theirs: unknown
  mine: unknown
}

export interface Merged {
  /** What is still to be said to the service: mine where nobody else changed the field. */
  changes: Draft
  conflicts: Conflict[]
}

/** This reader's changes of `base`, upon the record as somebody else has left it. Equal changes are no dispute. */
export function merge(base: Draft, theirs: Draft, changes: Draft): Merged {
  const merged: Merged = { changes: {}, conflicts: [] }
  for (const name of Object.keys(changes) as HazardField[]) {
    const mine = changes[name]
    if (isSame(theirs[name], mine)) continue
    if (isSame(theirs[name], base[name])) Object.assign(merged.changes, { [name]: mine })
    else merged.conflicts.push({ name, base: base[name] ?? null, theirs: theirs[name] ?? null, mine })
  }
  return merged
}

const MOMENT = /^\d{4}-\d\d-\d\dT/

/** One moment may be written in several ways; nothing and no text are the same. */
function isSame(one: unknown, other: unknown): boolean {
  const [a, b] = [tidy(one), tidy(other)]
  if (typeof a === 'string' && typeof b === 'string' && MOMENT.test(a) && MOMENT.test(b)) return Date.parse(a) === Date.parse(b)
  return a === b
}

function tidy(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null
  return value.trim() === '' ? null : value.trim()
}
