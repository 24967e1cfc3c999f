import { shallowRef } from 'vue'
import { ApiError, call, getJson } from './http'

export interface Session {
  user: string
  displayName: string
  role: string | null
  expiresAt: string
  /** What may be changed: `Hazards.Update`, or one property, `Hazards.DepthMetres`; `Rectifications.Verify`. */
  may: string[]
  /** Whether everything may be seen, and not some areas only. */
  everywhere: boolean
}

/** Who is logged in here. */
export const signedIn = shallowRef<Session | null>(null)

/** Who is logged in, or null. */
export async function currentSession(): Promise<Session | null> {
  try {
    return await getJson<Session>('/api/session')
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

export async function logIn(user: string, password: string): Promise<void> {
  await call('/api/session', { method: 'POST', body: { user, password } })
}

export async function logOut(): Promise<void> {
  await call('/api/session', { method: 'DELETE' })
}
