import type { Hazard } from '../api/model'
import type { WithEtag } from '../api/odata'
import type { Entry, NewEntry } from './entry'
import { queue } from './queue'

/** An edit of a water, made on a version of it. */
export function queueEdit(base: WithEtag<Hazard>, changes: Partial<Hazard>): Promise<Entry[]> {
  return queue.add([{
    kind: 'edit', title: base.Name, subject: `Hazards(${base.Id})`, method: 'PATCH', path: `Hazards(${base.Id})`,
    etag: base['@odata.etag'], body: changes,
  }], { id: base.Id, changes })
}

/**
 * An inspection with its photos and the defects that were found, kept together: photos and defects are sent when the inspection has
 * arrived, in whatever order the network gives. The bodies' `Id` are made here (`uuidV7`), so that all know each other before.
 */
export function queueInspection(
  water: { Id: string; Name: string }, inspection: { Id: string } & Record<string, unknown>, photos: readonly Blob[],
  defects: readonly ({ Id: string } & Record<string, unknown>)[], requestId: string,
): Promise<Entry[]> {
  const common = { title: water.Name }
  const news: NewEntry[] = [
    { ...common, id: requestId, kind: 'inspection', subject: `Inspections(${inspection.Id})`, method: 'POST', path: 'Inspections',
      body: { ...inspection, HazardId: water.Id } },
    ...photos.map((blob, i): NewEntry => ({ ...common, kind: 'photo', subject: `Inspections(${inspection.Id})/Photos/${i}`, method: 'POST',
      path: `Inspections(${inspection.Id})/Photos`, blob, needs: [requestId] })),
    ...defects.map((defect): NewEntry => ({ ...common, kind: 'rectification', subject: `Rectifications(${defect.Id})`, method: 'POST',
      path: 'Rectifications', body: { ...defect, HazardId: water.Id }, needs: [requestId] })),
  ]
  return queue.add(news)
}
