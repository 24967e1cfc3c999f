import { call, getJson } from './http'

export interface OwnAccount {
  user: string
  displayName: string
  hasPassword: boolean
  totp: boolean
  recoveryCodesLeft: number
}

export interface OpenSession {
  id: string
  device: string | null
  agent: string
  address: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
  isThis: boolean
}

/** What an authenticator app is given: a square to photograph, or the secret to type. */
export interface Enrolment {
  secret: string
  uri: string
  qr: string
}

export const account = {
  read: () => getJson<OwnAccount>('/api/account'),
  sessions: () => getJson<OpenSession[]>('/api/account/sessions'),
  endSession: (id: string) => call(`/api/account/sessions/${id}`, { method: 'DELETE' }),
  changePassword: (password: string, newPassword: string) =>
    getJson<{ ended: number }>('/api/account/password', { method: 'POST', body: { password, newPassword } }),
  beginCode: () => getJson<Enrolment>('/api/account/totp', { method: 'POST' }),
  confirmCode: (code: string) =>
    getJson<{ recoveryCodes: string[] }>('/api/account/totp/confirm', { method: 'POST', body: { code } }),
  removeCode: (password: string, code: string) => call('/api/account/totp', { method: 'DELETE', body: { password, code } }),
}
