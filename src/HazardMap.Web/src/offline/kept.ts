import type { Session } from '../api/session'
import type { Place } from '../divisions/places'
import type { LedgerRow } from '../ledger/row'

/** The ledger as it was read last, by account. */
export interface KeptLedger {
  user: string
  at: string
  places: Place[]
  rows: LedgerRow[]
}

const SESSION = 'hazardmap.session'
const DATABASE = 'hazardmap'
const STORE = 'kept'
const LEDGER = 'ledger'

/** Remembers who was logged in, for an app that opens without a network; null forgets it. */
export function keepSession(session: Session | null): void {
  try {
    if (session) localStorage.setItem(SESSION, JSON.stringify(session))
    else localStorage.removeItem(SESSION)
  } catch {
    // a browser that keeps nothing opens nothing without a network
  }
}

/** Who was logged in, while that log-in would still hold. */
export function keptSession(): Session | null {
  try {
    const kept = JSON.parse(localStorage.getItem(SESSION) ?? 'null') as Session | null
    return kept && Date.parse(kept.expiresAt) > Date.now() ? kept : null
  } catch {
    return null
  }
}

export function keepLedger(ledger: KeptLedger): Promise<void> {
  return inStore('readwrite', (store) => store.put(ledger, LEDGER)).then(() => {})
}

/** Null for another account than the one that read it. */
export async function keptLedger(user: string): Promise<KeptLedger | null> {
  const kept = await inStore<KeptLedger | undefined>('readonly', (store) => store.get(LEDGER)).catch(() => undefined)
  return kept?.user === user ? kept : null
}

/** What was read; drafts are their writer's own, and stay. */
export async function forgetEverything(): Promise<void> {
  keepSession(null)
  await inStore('readwrite', (store) => store.clear()).catch(() => {})
}

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  const database = await opened()
  try {
    return await new Promise<T>((done, fail) => {
      const transaction = database.transaction(STORE, mode)
      const request = act(transaction.objectStore(STORE))
      transaction.oncomplete = () => done(request.result as T)
      transaction.onerror = transaction.onabort = () => fail(transaction.error)
    })
  } finally {
    database.close()
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
}
