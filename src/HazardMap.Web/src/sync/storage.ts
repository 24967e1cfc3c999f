import { reactive } from 'vue'

const WARN_SHARE = 0.8
const WARN_BYTES = 50 * 1024 * 1024

/** How much room the browser gives, and whether it promises not to clear it by itself. Null: it does not say. */
export const room = reactive({
  used: null as number | null,
  of: null as number | null,
  isPersistent: null as boolean | null,
  /** The last thing that was to be kept did not fit. */
  isFull: false,
})

export function isNearlyFull(): boolean {
  if (room.isFull) return true
  if (room.used === null || room.of === null) return false
  return room.used > room.of * WARN_SHARE || room.of - room.used < WARN_BYTES
}

export async function measureRoom(): Promise<void> {
  const told = await navigator.storage?.estimate?.().catch(() => null)
  if (told) [room.used, room.of] = [told.usage ?? null, told.quota ?? null]
  room.isPersistent = (await navigator.storage?.persisted?.().catch(() => null)) ?? null
}

/** Asks the browser not to clear what is kept when the device runs out of room. */
export async function askToPersist(): Promise<void> {
  room.isPersistent = (await navigator.storage?.persist?.().catch(() => null)) ?? null
  await measureRoom()
}

export function isQuota(reason: unknown): boolean {
  return reason instanceof DOMException && (reason.name === 'QuotaExceededError' || reason.name === 'UnknownError')
}
