import { ref, watch } from 'vue'

/** Where a selection came from: the map does not fly to what was clicked on it. */
export type Origin = 'map' | 'table' | 'link' | 'coverage'

const selectedId = ref<string | null>(readHash())
const origin = ref<Origin>('link')
let guard: ((go: () => void) => boolean) | null = null

export const selection = {
  id: selectedId,
  origin,
  select(id: string, from: Origin): void {
    if (id === selectedId.value) origin.value = from
    else leave(() => {
      origin.value = from
      selectedId.value = id
    })
  },
  clear(): void {
    leave(() => (selectedId.value = null))
  },
  leave,
  /** Somebody types: whoever wants to leave hands over how to, and goes only when the answer is true or when it is called. */
  guardBy(asks: ((go: () => void) => boolean) | null): void {
    guard = asks
  },
}

/** Goes away from the water, at once or after a question. */
function leave(go: () => void): void {
  if (!guard || guard(go)) go()
  else writeHash(selectedId.value) // a link that was followed is not there yet
}

// A water has an address, so that it can be sent to a colleague.
watch(selectedId, writeHash)
window.addEventListener('hashchange', () => {
  const id = readHash()
  if (id && id !== selectedId.value) selection.select(id, 'link')
})

function writeHash(id: string | null): void {
  history.replaceState(null, '', id ? `#hazard=${id}` : location.pathname + location.search)
}

function readHash(): string | null {
  return /^#hazard=([0-9a-f-]{36})$/i.exec(location.hash)?.[1] ?? null
}
