import { asked, ENTRIES, inOne } from './database'
import type { Entry } from './entry'
import { queue } from './queue'

const FORMAT = 'hazardmap-queue'

interface Rescue {
  format: typeof FORMAT
  version: 1
  exportedAt: string
  entries: (Omit<Entry, 'blob'> & { picture?: { type: string; base64: string } })[]
}

/** All that this device has not sent or was refused, of every account, pictures included. */
export async function exported(): Promise<Blob> {
  const left = queue.all.value.filter(({ state }) => state !== 'sent' && state !== 'givenUp')
  const rescue: Rescue = {
    format: FORMAT, version: 1, exportedAt: new Date().toISOString(),
    entries: await Promise.all(left.map(async ({ blob, ...entry }) =>
      blob ? { ...entry, picture: { type: blob.type, base64: await base64Of(blob) } } : entry)),
  }
  return new Blob([JSON.stringify(rescue)], { type: 'application/json' })
}

export class NotARescue extends Error {}

/** Takes up what is in a file and not here yet; each entry stays its account's, and is the same request as before. Returns how many. */
export async function imported(file: Blob): Promise<number> {
  const rescue = await file.text().then((text) => JSON.parse(text) as Partial<Rescue>).catch(() => null)
  if (rescue?.format !== FORMAT || rescue.version !== 1 || !Array.isArray(rescue.entries) || !rescue.entries.every(isEntry))
    throw new NotARescue('no file of a queue')
  const entries = rescue.entries
  const added = await inOne([ENTRIES], async (store) => {
    let count = 0
    for (const { order: _, picture, ...entry } of [...entries].sort((a, b) => a.order - b.order)) {
      if (await asked(store(ENTRIES).index('id').getKey(entry.id))) continue
      await asked(store(ENTRIES).add(picture ? { ...entry, blob: blobOf(picture) } : entry))
      count++
    }
    return count
  })
  await queue.reread()
  return added
}

function isEntry(entry: Rescue['entries'][number]): boolean {
  return [entry?.id, entry?.account, entry?.path, entry?.method, entry?.subject, entry?.madeAt].every((text) => typeof text === 'string')
    && /^(PATCH|POST)$/.test(entry.method) && !/^[/.]|\.\.|:\/\//.test(entry.path)
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}

function blobOf({ type, base64 }: { type: string; base64: string }): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type })
}
