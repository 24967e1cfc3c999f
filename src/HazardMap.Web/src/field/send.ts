import { ApiError, call } from '../api/http'
import { deviceId } from '../sync/device'
import { queueBatch } from '../sync/steps'
import { clockAhead } from './clock'

/** One request of a change. */
export interface Step {
  /** Relative to /odata/, such as `Inspections` or `Rectifications(id)/HazardMap.Assign`. */
  url: string
  method?: 'POST' | 'PATCH'
  body: Record<string, unknown>
  headers?: Record<string, string>
}

interface Part {
  id: string
  status: number
  body?: { error?: { code?: string; message?: string; target?: string; details?: { code: string; message: string }[] } }
}

/**
 * Sends what somebody did in the field: all steps in one transaction, under one identifier, so that it can be sent again and is done
 * once. Everything that the field's forms write goes through here. Throws the ApiError of the step that was refused.
 */
export async function send(steps: readonly Step[], id: string = crypto.randomUUID(), first = new Date()): Promise<void> {
  const sentFirst = new Date(first.getTime() - (await clockAhead()))
  const requests = steps.map(({ url, method = 'POST', body, headers = {} }, at) => ({
    id: String(at + 1),
    atomicityGroup: 'all',
    method,
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body,
  }))
  const response = await call('/odata/$batch', {
    method: 'POST',
    body: { requests },
    headers: {
      'Repeatability-Request-ID': id,
      'Repeatability-Client-ID': deviceId(),
      'Repeatability-First-Sent': sentFirst.toUTCString(),
      'HazardMap-Device-Time': new Date().toISOString(),
    },
  }).catch(async (error: unknown) => {
    // Out of reach, or only the answer was lost: kept on the device and sent as the same request, which is done once.
    if (!(error instanceof ApiError) || !error.isOffline) throw error
    await queueBatch(id, first, requests)
    return null
  })
  if (!response) return
  const { responses } = (await response.json()) as { responses: Part[] }
  // Of a group that is undone only one step says why; the others say that they went with it.
  const refused = responses.filter(({ status }) => status >= 400)
  const why = refused.find(({ status }) => status !== 424) ?? refused[0]
  if (why) throw refusalOf(why)
}

function refusalOf({ status, body }: Part): ApiError {
  const error = body?.error ?? {}
  const chinese = error.details?.find((detail) => detail.code === 'zh')?.message ?? null
  return new ApiError(status, error.code ?? String(status), error.message ?? String(status), error.target ?? null, chinese)
}
