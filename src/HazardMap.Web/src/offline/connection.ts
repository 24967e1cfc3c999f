import { ref } from 'vue'

/** Whether the service was out of reach when it was asked last, or the device says that it has no network. */
export const isOffline = ref(false)

const ASK_AGAIN_MS = 15_000
let asking: ReturnType<typeof setTimeout> | undefined

/** What a call met: an answer, whatever it was, or none. */
export function reached(answered: boolean): void {
  isOffline.value = !answered
  clearTimeout(asking)
  if (!answered) asking = setTimeout(ask, ASK_AGAIN_MS)
}

async function ask(): Promise<void> {
  reached(await fetch('/health/live', { cache: 'no-store' }).then((answer) => answer.ok, () => false))
}

/** Listens to what the device itself says of its network. */
export function followConnection(): void {
  if (!navigator.onLine) reached(false)
  window.addEventListener('offline', () => reached(false))
  window.addEventListener('online', () => void ask())
}
