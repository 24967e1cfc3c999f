import { computed, ref, shallowRef } from 'vue'
import type { Hazard } from '../api/model'
import type { WithEtag } from '../api/odata'
import { signedIn } from '../api/session'
import type { Draft } from './draft'

/** What somebody typed about a water and has not saved: by account, with the record that it was begun from. */
export interface KeptDraft {
  base: WithEtag<Hazard>
  changes: Draft
  /** When it was typed. */
  at: string
}

const PREFIX = 'hazardmap.draft.'
const kept = shallowRef<ReadonlyMap<string, KeptDraft>>(readAll())
/** The browser keeps nothing (full, or forbidden): only then closing the page would lose something, and must ask. */
const isRefused = ref(false)

const keyOf = (id: string) => `${PREFIX}${encodeURIComponent(signedIn.value?.user ?? '')}.${id}`

/**
 * Drafts live in the browser's storage, written at every change: a reload, a crash, another window size, or the end of the session lose
 * none. Only a save or a reader's own word takes one away. Another account does not see them.
 */
export const drafts = {
  isRefused,
  /** Of who is logged in, the newest first. */
  list: computed(() => {
    const mine = keyOf('')
    return [...kept.value].filter(([key]) => key.startsWith(mine)).map(([, draft]) => draft).sort((a, b) => (a.at < b.at ? 1 : -1))
  }),
  of: (id: string): KeptDraft | null => kept.value.get(keyOf(id)) ?? null,
  keep(base: WithEtag<Hazard>, changes: Draft): void {
    const draft: KeptDraft = { base, changes, at: new Date().toISOString() }
    put(keyOf(base.Id), draft)
    isRefused.value = !written(keyOf(base.Id), JSON.stringify(draft))
  },
  drop(id: string): void {
    put(keyOf(id), null)
    isRefused.value = false
    try {
      localStorage.removeItem(keyOf(id))
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
  },
}

// Another tab keeps and drops too.
window.addEventListener('storage', ({ key }) => {
  if (!key || key.startsWith(PREFIX)) kept.value = readAll()
})
window.addEventListener('beforeunload', (event) => {
  if (isRefused.value) event.preventDefault()
})

function put(key: string, draft: KeptDraft | null): void {
  const next = new Map(kept.value)
  if (draft) next.set(key, draft)
  else next.delete(key)
  kept.value = next
}

function written(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text)
    return true
  } catch {
    return false
  }
}

function readAll(): Map<string, KeptDraft> {
  const found = new Map<string, KeptDraft>()
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX)) found.set(key, JSON.parse(localStorage.getItem(key)!) as KeptDraft)
    }
  } catch {
    // no storage, or not of our making: nothing was kept
  }
  return found
}
