import { getJson } from '../api/http'
import type { HazardField } from './form'

/** Who changed what of a water, as the register's history has it. */
export interface Authored {
  version: number
  at: string
  by: string
  operation: 'insert' | 'update' | 'delete'
  /** Columns: `owner_unit`. */
  fields: string[]
}

/** Changes after a version, oldest first. Nobody may be known: then it is empty. */
export async function changesSince(id: string, version: number): Promise<Authored[]> {
  return getJson<Authored[]>(`/api/hazards/${id}/changes?since=${version}`).catch(() => [])
}

const columnOf = (name: HazardField) => name.replace(/(?!^)([A-Z])/g, '_$1').toLowerCase()

/** The last who changed a field. */
export function authorOf(name: HazardField, changes: readonly Authored[]): Authored | null {
  return changes.findLast(({ fields }) => fields.includes(columnOf(name))) ?? null
}
