import { reached } from '../offline/connection'

/** One refusal of the service, or of the network on the way to it. `chinese` is the same text for a Chinese reader. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly target: string | null = null,
    readonly chinese: string | null = null,
  ) {
    super(message)
  }

  /** What was thrown, as something that can be shown. */
  static of(reason: unknown): ApiError {
    return reason instanceof ApiError ? reason : new ApiError(0, 'Unexpected', String(reason))
  }

  get isOffline(): boolean {
    return this.status === 0
  }

  textIn(locale: string): string {
    return locale === 'zh' && this.chinese ? this.chinese : this.message
  }
}

interface ErrorBody {
  error?: { code?: string; message?: string; target?: string | null; details?: { code: string; message: string }[] }
}

let onSignedOut: () => void = () => {}

/** What to do when the service answers 401 in the middle of the work. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action
}

/** Somebody else, who does not call by `call`, met a 401. */
export function signedOut(): void {
  onSignedOut()
}

export interface Call {
  method?: string
  body?: unknown
  /** A body that is no JSON; its type goes into the headers. */
  bytes?: Blob
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Calls the service with the session's cookie. Anything but success becomes an ApiError. */
export async function call(url: string, { method = 'GET', body, bytes, headers = {}, signal }: Call = {}): Promise<Response> {
  const response = await send(url, {
    method,
    signal,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'GET' ? {} : { 'X-HazardMap': '1' }), // the service's guard against forged requests
      ...headers,
    },
    body: bytes ?? (body === undefined ? undefined : JSON.stringify(body)),
  })
  if (response.ok) return response
  if (response.status === 401 && !url.startsWith('/api/session') && url !== '/api/account/first') onSignedOut()
  throw await refusal(response)
}

export async function getJson<T>(url: string, options: Call = {}): Promise<T> {
  return (await (await call(url, options)).json()) as T
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(url, init)
    reached(true)
    return answer
  } catch (reason) {
    if (init.signal?.aborted) throw reason
    reached(false)
    throw new ApiError(0, 'Offline', 'The service cannot be reached.', null, '无法连接到服务。')
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as ErrorBody
  const error = body.error ?? {}
  const chinese = error.details?.find((detail) => detail.code === 'zh')?.message ?? null
  const fallback = `${response.status} ${response.statusText}`.trim()
  return new ApiError(response.status, error.code ?? String(response.status), error.message ?? fallback, error.target ?? null, chinese)
}

export function isAbort(reason: unknown): boolean {
  return reason instanceof DOMException && reason.name === 'AbortError'
}
