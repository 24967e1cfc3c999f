import { ref, watch } from 'vue'

/** Where a selection came from: the map does not fly to what was clicked on it. */
export type Origin = 'map' | 'table' | 'link' | 'coverage'

const selectedId = ref<string | null>(readHash())
const origin = ref<Origin>('link')

export const selection = {
  id: selectedId,
  origin,
  select(id: string, from: Origin): void {
    origin.value = from
    selectedId.value = id
  },
  clear(): void {
    selectedId.value = null
  },
}

// A water has an address, so that it can be sent to a colleague.
watch(selectedId, (id) => {
  history.replaceState(null, '', id ? `#hazard=${id}` : location.pathname + location.search)
})
window.addEventListener('hashchange', () => {
  const id = readHash()
  if (id && id !== selectedId.value) selection.select(id, 'link')
})

function readHash(): string | null {
  return /^#hazard=([0-9a-f-]{36})$/i.exec(location.hash)?.[1] ?? null
}
