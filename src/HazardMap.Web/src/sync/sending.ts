import { ref, watch } from 'vue'
import { ApiError, signedOut } from '../api/http'
import { currentSession, signedIn } from '../api/session'
import { isOffline, reached } from '../offline/connection'
import { uploadPhoto } from '../photos/upload'
import { deviceId } from './device'
import { backoffMs, sendable, uuidV7, verdictOf, type Entry, type EntryAnswer, type Verdict } from './entry'
import { asServiceTime, tellTime } from './clock'
import { forgetOldReceipts, queue } from './queue'
import { outcomeOf, stepsOf } from './steps'
import { measureRoom } from './storage'

const LOCK = 'hazardmap-sync'
const PATIENCE_MS = 60_000
/** While everything goes through: how often what was put off is tried. */
const STEADY_MS = 60_000

export const isSending = ref(false)
/** Who is logged in here is not who entered what waits, or nobody is. */
export const needsLogIn = ref(false)
/** When the last round ended that reached the service. */
export const lastRoundAt = ref<string | null>(null)

let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined
let retryAfterMs = 0

/** Sends whenever it may help: at the start, when something is added, in reach again, in sight again, and now and then. */
export function startSending(): void {
  void queue.reread().then(() => sendSoon())
  void measureRoom()
  queue.onAdded(() => sendSoon())
  window.addEventListener('online', () => sendSoon())
  watch(isOffline, (isNow) => !isNow && sendSoon())
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && sendSoon())
}

/** Now, unless a round is on its way: then right after it. */
export function sendSoon(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void round(), 0)
}

/** One tab of the device sends at a time. */
export async function round(): Promise<void> {
  if (!navigator.locks) return sendAll()
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await sendAll()
    else timer = setTimeout(() => void round(), 1000)
  })
}

async function sendAll(): Promise<void> {
  await queue.reread()
  isSending.value = true
  let isThrough = true
  try {
    const held = new Set<number>()
    for (let next = sendable(queue.mine.value)[0]; next; next = sendable(queue.mine.value, held)[0]) {
      const verdict = await send(next)
      if (verdict === 'signedOut') {
        needsLogIn.value = true
        return
      }
      needsLogIn.value = false
      if (verdict !== 'later') failures = 0
      if (verdict === 'later') {
        isThrough = false
        if (isOffline.value || retryAfterMs > 0) break
        held.add(next.order)
      }
    }
    if (isThrough) {
      failures = 0
      lastRoundAt.value = new Date().toISOString()
      await forgetOldReceipts()
    }
  } finally {
    isSending.value = false
    again(isThrough)
  }
}

function again(isThrough: boolean): void {
  clearTimeout(timer)
  if (queue.unsent.value.length === 0) return
  const wait = isThrough ? STEADY_MS : Math.max(backoffMs(failures++), retryAfterMs)
  retryAfterMs = 0
  timer = setTimeout(() => void round(), wait)
}

/** Sends one entry and writes down what became of it. */
async function send(entry: Entry): Promise<Verdict> {
  const firstSentAt = entry.firstSentAt ?? new Date().toISOString()
  // On the disk before it leaves: after a crash it is sent again as the same request.
  await queue.change(entry.order, (now) => ({ ...now, firstSentAt, tries: now.tries + 1 }))
  const { verdict, answer, date } = await (entry.blob ? sendPhoto(entry) : ask({ ...entry, firstSentAt }))
  const isSameTime = date === asServiceTime(firstSentAt)
  tellTime(date)
  if (verdict === 'later' || verdict === 'signedOut') return verdict
  if (verdict === 'split') {
    await queue.split(entry.order, answer, stepsOf(entry))
    return verdict
  }
  if (verdict === 'tooOld') return settleOld(entry, isSameTime)
  // A clock that was ahead: the service's is known now.
  if (isAboutTime(answer) && entry.tries < 5) return 'later'
  const state = verdict === 'done' ? 'sent' : verdict === 'conflict' ? 'conflict' : 'refused'
  await queue.change(entry.order, (now) => {
    const { blob, ...rest } = now
    // The picture is the register's now; of one that was refused the device keeps its own.
    return state === 'refused' && blob ? { ...rest, blob, state, answer } : { ...rest, state, answer }
  })
  return verdict
}

/**
 * The service keeps answers for a fortnight and cannot say by itself whether it has done this before; receipts it keeps longer. What it
 * never received is a new request.
 */
async function settleOld(entry: Entry, isClockRight: boolean): Promise<Verdict> {
  if (!isClockRight && entry.tries < 3) return 'later'
  // A batch is known by its first request.
  const id = entry.path === '$batch' ? `${entry.id}/1` : entry.id
  const known = await fetch(`/api/sync/receipts?ids=${id}`, { cache: 'no-store' }).then((told) => told.json(), () => null)
  const receipt = (known as Receipt[] | null)?.[0]
  if (!receipt) return 'later'
  if (!receipt.received) {
    await queue.change(entry.order, (now) => ({ ...now, id: uuidV7(), firstSentAt: undefined }))
    return 'done'
  }
  const answer = { status: receipt.status, receivedAt: receipt.receivedAt, version: receipt.version, conflicts: receipt.conflicts }
  const verdict = verdictOf(receipt.status, null, receipt.conflicts)
  await queue.change(entry.order, (now) =>
    ({ ...now, state: verdict === 'done' ? 'sent' : verdict === 'conflict' ? 'conflict' : 'refused', answer }))
  return 'done'
}

const isAboutTime = ({ code, en }: EntryAnswer) => code === 'BadRequest' && /First-Sent/.test(en ?? '')

interface Receipt {
  received: boolean
  receivedAt: string
  status: number
  version: number | null
  conflicts: string[]
}

interface Outcome {
  verdict: Verdict
  answer: EntryAnswer
  date: string | null
}

const NONE: EntryAnswer = { status: 0, receivedAt: null, version: null, conflicts: [] }

/** In pieces, going on where it was cut; the service knows a photo by its digest, so that it is kept once however often it is sent. */
async function sendPhoto(entry: Entry): Promise<Outcome> {
  try {
    if ((await currentSession())?.user !== entry.account) return { verdict: 'signedOut', answer: NONE, date: null }
    const receipt = await uploadPhoto(entry.blob!, /\((.*?)\)/.exec(entry.path)![1]!, { patience: 2 })
    // Its inspection is not there: the device keeps the picture, and asks again.
    if (receipt.state === 'Waiting') return { verdict: 'later', answer: NONE, date: null }
    const answer = { ...NONE, status: 201, receivedAt: new Date().toISOString(), sha256: receipt.receivedSha256 }
    return { verdict: 'done', answer, date: null }
  } catch (reason) {
    const { status, code, message, chinese } = ApiError.of(reason)
    return { verdict: verdictOf(status, code, []), answer: { ...NONE, status, code, en: message, zh: chinese ?? undefined }, date: null }
  }
}

async function ask(entry: Entry): Promise<Outcome> {
  const giveUp = new AbortController()
  const patience = setTimeout(() => giveUp.abort(), PATIENCE_MS)
  try {
    const response = await fetch(`/odata/${entry.path}`, {
      method: entry.method, credentials: 'same-origin', cache: 'no-store', signal: giveUp.signal, headers: headersOf(entry),
      body: JSON.stringify(entry.body ?? {}),
    })
    const answer = await answerOf(response)
    reached(true)
    if (response.status === 401) signedOut()
    const wait = Number(response.headers.get('Retry-After'))
    if (response.status === 429 || response.status === 503) retryAfterMs = Math.min(Math.max(wait, 1), 300) * 1000
    const verdict = verdictOf(answer.status, answer.code ?? null, answer.conflicts)
    const wasUndone = entry.path === '$batch' && response.ok && verdict === 'refused' && !isAboutTime(answer)
    return { verdict: wasUndone ? 'split' : verdict, answer, date: response.headers.get('Date') }
  } catch {
    reached(false)
    return { verdict: 'later', answer: NONE, date: null }
  } finally {
    clearTimeout(patience)
  }
}

/** All that decides what the request does is the same however often it is sent. */
function headersOf(entry: Entry): Record<string, string> {
  return {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'X-HazardMap': '1',
    'HazardMap-Account': encodeURIComponent(signedIn.value?.user ?? ''),
    'Repeatability-Request-ID': entry.id,
    'Repeatability-First-Sent': asServiceTime(entry.firstSentAt!),
    'Repeatability-Client-ID': deviceId(),
    'HazardMap-Made-At': entry.madeAt,
    'HazardMap-Order': String(entry.order),
    'HazardMap-Unsent': String(queue.unsent.value.length),
    Prefer: 'merge',
    ...(entry.etag ? { 'If-Match': entry.etag } : {}),
  }
}

interface Told {
  responses?: Parameters<typeof outcomeOf>[0]
  error?: { code?: string; message?: string; details?: { code: string; message: string }[] }
  conflict?: { id: string; code?: string; message?: string; details?: { code: string; message: string }[] }
}

async function answerOf(response: Response): Promise<EntryAnswer> {
  // A body that breaks off is no answer: fetch fails, and the request is sent again.
  const text = await response.text()
  const told = parsed(text)
  if (told?.responses) return { ...NONE, ...outcomeOf(told.responses) }
  const said = told?.error ?? told?.conflict
  const conflicts = (response.headers.get('Merge-Conflicts') ?? '').split(',').map((id) => id.trim()).filter(Boolean)
  return {
    status: response.status,
    receivedAt: response.headers.get('HazardMap-Received-At'),
    version: Number(/^(?:W\/)?"(\d+)/.exec(response.headers.get('ETag') ?? '')?.[1]) || null,
    conflicts,
    ...(said ? { code: said.code, en: said.message, zh: said.details?.find(({ code }) => code === 'zh')?.message } : {}),
  }
}

function parsed(text: string): Told | null {
  try {
    return text ? (JSON.parse(text) as Told) : null
  } catch {
    return null
  }
}

/** Sends a refused entry again, as a new request. */
export async function sendAgain(entry: Entry): Promise<void> {
  await queue.change(entry.order, (now) =>
    ({ ...now, id: uuidV7(), firstSentAt: undefined, state: 'waiting', answer: undefined, tries: 0 }))
  sendSoon()
}

/** A person's word: it is sent no more. What it said stays among the receipts. */
export async function giveUp(entry: Entry): Promise<void> {
  await queue.change(entry.order, (now) => ({ ...now, state: 'givenUp' }))
}
