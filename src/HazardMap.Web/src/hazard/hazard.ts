import { all, entity, literal, patch, type WithEtag } from '../api/odata'
import type { Hazard, Person, Responsibility } from '../api/model'
import { ApiError } from '../api/http'
import { keptWater } from '../sync/area'
import { toLocal } from './moments'

/** A water as it is; out of reach of the service as this device keeps it, with what was entered here. */
export async function readHazard(id: string, signal?: AbortSignal): Promise<WithEtag<Hazard>> {
  try {
    return await entity<Hazard>(`Hazards(${id})`, {}, signal)
  } catch (error) {
    const kept = error instanceof ApiError && error.isOffline ? await keptWater(id).catch(() => null) : null
    if (kept) return kept
    throw error
  }
}

/** The id of the water with that code; null when there is none. */
export async function idOfHazard(code: string, signal?: AbortSignal): Promise<string | null> {
  const [found] = await all<Pick<Hazard, 'Id'>>('Hazards', { filter: `Code eq ${literal(code)}`, select: ['Id'], top: 1 }, signal)
  return found?.Id ?? null
}

/** Changes a water, and returns it as it is afterwards. Throws ApiError 412 when somebody was faster. */
export async function reviseHazard(id: string, etag: string, changes: Partial<Hazard>): Promise<WithEtag<Hazard>> {
  return (await patch<Hazard>(`Hazards(${id})`, etag, changes)) ?? (await readHazard(id))
}

export interface Answerable {
  role: string
  person: Person
  since: string
}

/** Who answers for a water today. */
export async function responsibleFor(id: string, signal?: AbortSignal): Promise<Answerable[]> {
  const today = toLocal(new Date().toISOString()).slice(0, 10)
  const filter = `HazardId eq ${id} and ValidFrom le ${today} and (ValidTo eq null or ValidTo gt ${today})`
  const duties = await all<Responsibility & { Person: Person }>('Responsibilities', { filter, expand: 'Person' }, signal)
  return duties.map((duty) => ({ role: duty.Role, person: duty.Person, since: duty.ValidFrom }))
}
