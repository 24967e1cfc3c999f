import { computed, ref, shallowRef } from 'vue'
import { signedIn } from '../api/session'
import { asked, ENTRIES, inOne, read, WATERS } from './database'
import { uuidV7, type Entry, type EntryAnswer, type NewEntry } from './entry'
import { askToPersist, isQuota, measureRoom, room } from './storage'

/** Sent entries are kept so long, as receipts. */
const RECEIPTS_KEPT_MS = 90 * 86_400_000
const MOST_RECEIPTS = 2000

const entries = shallowRef<Entry[]>([])
const isRead = ref(false)
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('hazardmap-sync')
const listeners: (() => void)[] = []

const mine = computed(() => entries.value.filter(({ account }) => account === signedIn.value?.user))
const unsent = computed(() => mine.value.filter(({ state }) => state === 'waiting'))
const refused = computed(() => mine.value.filter(({ state }) => state === 'refused'))

/**
 * What people entered on this device. It belongs to the account that entered it: another one that logs in sees that there is something,
 * and sends none of it.
 */
export const queue = {
  isRead,
  /** Of who is logged in, in the device's order. */
  mine,
  unsent,
  refused,
  /** Accounts that have something unsent here, besides who is logged in. */
  others: computed(() => [...new Set(entries.value.filter(({ account, state }) =>
    account !== signedIn.value?.user && (state === 'waiting' || state === 'refused')).map(({ account }) => account))]),
  /** Newest first. */
  receipts: computed(() => mine.value.filter(({ state }) => state !== 'waiting').reverse()),
  all: entries,
  add,
  reread,
  change,
  split,
  /** Calls when something new may wait. */
  onAdded: (listener: () => void) => void listeners.push(listener),
}

channel?.addEventListener('message', () => void reread())

/** Room for it is missing: nothing was kept, nothing is lost that was there. */
export class NoRoom extends Error {}

/**
 * Keeps entries, all or none, with what a person sees of the water from now on, in one transaction. Throws NoRoom when the device has
 * none; what was typed must then stay where it is.
 */
async function add(news: readonly NewEntry[], shown?: { id: string; changes: Record<string, unknown> }): Promise<Entry[]> {
  const account = signedIn.value?.user
  if (!account) throw new Error('nobody is logged in')
  const made = news.map((entry) => ({
    ...plain(entry), account, id: entry.id ?? uuidV7(), madeAt: entry.madeAt ?? new Date().toISOString(),
    state: 'waiting' as const, tries: 0,
  }))
  try {
    const kept = await inOne([ENTRIES, WATERS], async (store) => {
      const orders: number[] = []
      for (const entry of made) orders.push(Number(await asked(store(ENTRIES).add(entry))))
      if (shown) await patchShown(store(WATERS), account, shown)
      return made.map((entry, i) => ({ ...entry, order: orders[i]! }))
    })
    room.isFull = false
    await reread()
    tellOthers()
    if (room.isPersistent === null) void askToPersist()
    else void measureRoom()
    for (const listener of listeners) listener()
    return kept
  } catch (reason) {
    if (!isQuota(reason)) throw reason
    room.isFull = true
    throw new NoRoom('the device has no room left')
  }
}

/** Vue's proxies cannot be kept. */
function plain<T extends NewEntry>(entry: T): T {
  const { blob, ...rest } = entry
  const copy = JSON.parse(JSON.stringify(rest)) as T
  return blob ? { ...copy, blob } : copy
}

async function patchShown(store: IDBObjectStore, account: string, { id, changes }: { id: string; changes: Record<string, unknown> }) {
  const key = [account, id]
  const known = (await asked(store.get(key))) as Record<string, unknown> | undefined
  if (known) await asked(store.put({ ...known, ...JSON.parse(JSON.stringify(changes)) }, key))
}

async function reread(): Promise<void> {
  entries.value = (await read(ENTRIES, (store) => store.getAll() as IDBRequest<Entry[]>)).sort((a, b) => a.order - b.order)
  isRead.value = true
}

/** Changes an entry as it stands on the disk. */
async function change(order: number, to: (entry: Entry) => Entry): Promise<void> {
  const after = await inOne([ENTRIES], async (store) => {
    const entry = (await asked(store(ENTRIES).get(order))) as Entry | undefined
    if (!entry) return null
    const changed = to(entry)
    await asked(store(ENTRIES).put(changed))
    return changed
  })
  if (!after) return
  entries.value = entries.value.map((entry) => (entry.order === order ? after : entry))
  tellOthers()
}

/** Receipts that are too old, or too many, go; nothing that waits ever does. */
export async function forgetOldReceipts(now = Date.now()): Promise<void> {
  const done = entries.value.filter(({ state }) => state === 'sent' || state === 'givenUp')
  const old = done.filter(({ madeAt }, i) => now - Date.parse(madeAt) > RECEIPTS_KEPT_MS || i < done.length - MOST_RECEIPTS)
  if (old.length === 0) return
  await inOne([ENTRIES], (store) => {
    for (const { order } of old) store(ENTRIES).delete(order)
  })
  await reread()
}

/** Puts others in the place of an entry that was undone, in one transaction. */
async function split(order: number, answer: EntryAnswer, into: readonly NewEntry[]): Promise<void> {
  await inOne([ENTRIES], async (store) => {
    const entry = (await asked(store(ENTRIES).get(order))) as Entry
    await asked(store(ENTRIES).put({ ...entry, state: 'givenUp', answer }))
    for (const { madeAt = entry.madeAt, ...one } of into)
      await asked(store(ENTRIES).add({ ...plain(one), id: one.id ?? uuidV7(), account: entry.account, madeAt, state: 'waiting', tries: 0 }))
  })
  await reread()
  tellOthers()
}

let isTelling = false

/** Other tabs read again, once for many changes. */
function tellOthers(): void {
  if (isTelling) return
  isTelling = true
  setTimeout(() => {
    isTelling = false
    channel?.postMessage('changed')
  }, 300)
}
