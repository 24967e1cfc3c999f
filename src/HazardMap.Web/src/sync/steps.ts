import type { Entry, EntryAnswer, NewEntry } from './entry'
import { ledger } from '../ledger/ledger'
import { queue } from './queue'

/** One request of a batch, as /odata/$batch takes it. */
export interface BatchStep {
  id: string
  method: 'POST' | 'PATCH'
  url: string
  headers: Record<string, string>
  body: Record<string, unknown>
}

/** A batch that could not be sent: kept as the same request, so that it is done once also when only its answer was lost. */
export async function queueBatch(id: string, first: Date, requests: readonly BatchStep[]): Promise<void> {
  const water = String(requests.find(({ body }) => body.HazardId)?.body.HazardId ?? '')
  await queue.add([{
    id, kind: requests[0]!.url === 'Inspections' ? 'inspection' : 'rectification', method: 'POST', path: '$batch', body: { requests },
    title: ledger.rows.value.find((row) => row.id === water)?.name ?? '', subject: water ? `Hazards(${water})` : requests[0]!.url,
    firstSentAt: first.toISOString(),
  }])
}

/** A batch that was refused was undone as a whole: its steps one by one, which the service keeps for a person when it cannot do them. */
export function stepsOf(entry: Entry): NewEntry[] {
  const requests = (entry.body?.requests ?? []) as BatchStep[]
  return requests.map(({ method, url, headers, body }) => ({
    kind: url === 'Inspections' ? 'inspection' : 'rectification', title: entry.title, method, path: url, body,
    etag: headers['if-match'] ?? headers['If-Match'], madeAt: entry.madeAt, subject: entry.subject,
  }))
}

interface Part {
  status: number
  headers?: Record<string, string>
  body?: { error?: { code?: string; message?: string; details?: { code: string; message: string }[] } }
}

/** What the answer to a batch says as a whole: of a group that is undone only one step says why, the others that they went with it. */
export function outcomeOf(responses: readonly Part[]): Pick<EntryAnswer, 'status' | 'receivedAt' | 'code' | 'en' | 'zh'> {
  const refused = responses.filter(({ status }) => status >= 400)
  const why = refused.find(({ status }) => status !== 424) ?? refused[0]
  const headers = Object.entries(responses[0]?.headers ?? {})
  const receivedAt = headers.find(([name]) => name.toLowerCase() === 'hazardmap-received-at')?.[1] ?? null
  if (!why) return { status: 200, receivedAt }
  const error = why.body?.error
  return { status: why.status, code: error?.code, en: error?.message, zh: error?.details?.find(({ code }) => code === 'zh')?.message,
    receivedAt }
}
