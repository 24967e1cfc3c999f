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

/** `keep`: this device stays logged in for thirty days. `code`: of the second factor, for accounts that have one. */
export async function logIn(user: string, password: string, keep: boolean, code?: string): Promise<void> {
  await call('/api/session', { method: 'POST', body: { user, password, keep, code: code || undefined } })
}

/** The first time: a code that was handed out, and the password from now on. */
export async function logInFirst(user: string, oneTimeCode: string, password: string, keep: boolean): Promise<void> {
  await call('/api/account/first', { method: 'POST', body: { user, oneTimeCode, password, keep } })
}

export async function logOut(): Promise<void> {
  await call('/api/session', { method: 'DELETE' })
}
