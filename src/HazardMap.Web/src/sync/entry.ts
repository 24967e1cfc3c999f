/** Something that a person entered and that is to reach the register: one request, in the device's order. */
export interface Entry {
  /** Its place in the device's order; given by the store. */
  order: number
  /** The request's repeatability id: sent again under it, it is done once. */
  id: string
  account: string
  kind: EntryKind
  /** What it is about, for a person: the water's name. */
  title: string
  /** What it is about, for the order: entries about one thing go one after the other. */
  subject: string
  method: 'PATCH' | 'POST'
  /** Below /odata. */
  path: string
  etag?: string
  body?: Record<string, unknown>
  /** A picture; then there is no body. */
  blob?: Blob
  /** Ids of entries that must have arrived before, such as the inspection of a photo. */
  needs?: string[]
  /** When it was entered, by the device's clock. */
  madeAt: string
  /** When it was sent first, by the device's clock; it belongs to the request and does not change. */
  firstSentAt?: string
  state: EntryState
  tries: number
  answer?: EntryAnswer
}

export type EntryKind = 'edit' | 'inspection' | 'rectification' | 'photo' | 'decision'

/**
 * waiting: to be sent; sent: done; conflict: the register keeps it, or a field of it, for a person to decide; refused: the register said
 * no, a person sends it again or gives it up; givenUp: a person did.
 */
export type EntryState = 'waiting' | 'sent' | 'conflict' | 'refused' | 'givenUp'

/** What the register said: what a person can show. */
export interface EntryAnswer {
  status: number
  receivedAt: string | null
  version: number | null
  conflicts: string[]
  /** Of a photo, as the service received it. */
  sha256?: string
  code?: string
  en?: string
  zh?: string
}

export type NewEntry = Omit<Entry, 'order' | 'account' | 'state' | 'tries' | 'id' | 'madeAt'> & { id?: string; madeAt?: string }

/** What becomes of an entry by the answer to it. */
export type Verdict = 'split' | 'done' | 'conflict' | 'refused' | 'later' | 'signedOut' | 'tooOld'

export function verdictOf(status: number, code: string | null, conflicts: readonly string[]): Verdict {
  if (status === 202 || (status >= 200 && status < 300 && conflicts.length > 0)) return 'conflict'
  if (status >= 200 && status < 300) return 'done'
  if (status === 401) return 'signedOut'
  // A log-in of somebody else in the same browser: nothing is sent as another.
  if (status === 409 && code === 'AnotherAccount') return 'signedOut'
  if (status === 412 && code === 'TooOld') return 'tooOld'
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return 'later'
  return 'refused'
}

/**
 * What may be sent in this round, first to last: an entry waits for those that it needs, and behind one about the same thing. Nothing
 * else waits for anything: one that is refused holds up nobody.
 */
export function sendable(entries: readonly Entry[], held: ReadonlySet<number> = new Set()): Entry[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const busy = new Set<string>()
  const ready: Entry[] = []
  for (const entry of [...entries].sort((a, b) => a.order - b.order)) {
    if (entry.state !== 'waiting') continue
    const isFree = !busy.has(entry.subject) && !held.has(entry.order) && (entry.needs ?? []).every((id) => isThere(byId.get(id)))
    // Behind the first about a thing the others wait, whatever that waits for.
    busy.add(entry.subject)
    if (isFree) ready.push(entry)
  }
  return ready
}

/** What is no longer known was sent and forgotten. */
function isThere(needed: Entry | undefined): boolean {
  return needed === undefined || needed.state === 'sent' || (needed.state === 'conflict' && needed.answer?.status !== 202)
}

/** Half a second after the first failure, then twice as long each time, up to five minutes; never at the same moment as others. */
export function backoffMs(failures: number, random = Math.random()): number {
  return Math.min(500 * 2 ** Math.min(failures, 20), 300_000) * (0.5 + random / 2)
}

/** A time-ordered identifier (UUID version 7), as the register makes them. */
export function uuidV7(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
