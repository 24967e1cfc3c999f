import { shallowRef } from 'vue'
import { call } from '../api/http'
import type { Conflict } from '../api/model'
import { all } from '../api/odata'
import { queue } from './queue'

/** Open conflicts that who is logged in may see; null: not read yet. */
export const openConflicts = shallowRef<Conflict[] | null>(null)

export async function readConflicts(): Promise<void> {
  openConflicts.value = await all<Conflict>('Conflicts', { filter: "State eq 'Open'", orderBy: 'ReceivedAt desc', top: 500 })
}

/** Decides one; what it applies is an ordinary change. */
export async function decide(conflict: Conflict, choice: 'Mine' | 'Theirs' | 'Other', value?: string): Promise<void> {
  await call(`/odata/Conflicts(${conflict.Id})/HazardMap.Decide`, {
    method: 'POST', body: value === undefined ? { Choice: choice } : { Choice: choice, Value: value },
  })
  openConflicts.value = (openConflicts.value ?? []).filter(({ Id }) => Id !== conflict.Id)
  // What the device sent and was kept is settled.
  for (const entry of queue.mine.value) {
    if (entry.state === 'conflict' && entry.answer?.conflicts.includes(conflict.Id))
      await queue.change(entry.order, (now) => ({ ...now, state: 'sent' }))
  }
}
