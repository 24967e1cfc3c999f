import { ref } from 'vue'

/** Another version of the app has been fetched and waits. */
export const hasUpdate = ref(false)

let waiting: ServiceWorker | null = null

/** Keeps the app itself for times without a network; browsers allow that over HTTPS and on the machine itself. */
export async function keepApp(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' })
  const look = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return
    waiting = registration.waiting
    hasUpdate.value = true
  }
  look()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
}

/** Changes to the other version; drafts are kept, other tabs go on with the chunks that they began with. */
export function update(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('take over')
}
