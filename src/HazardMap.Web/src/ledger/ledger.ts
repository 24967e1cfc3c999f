import { computed, reactive, ref, shallowRef } from 'vue'
import { all, countOf, entity, pages } from '../api/odata'
import { ApiError, isAbort } from '../api/http'
import { PLACE_PROPERTIES, placesOf, type Place, type Places } from '../divisions/places'
import { ROW_PROPERTIES, rowOf, type HazardRow, type LedgerRow } from './row'
import { matching, NO_FILTERS, sorted, type Bounds, type Filters, type Sorting } from './selecting'

const PAGE_SIZE = 5000
/** Above this the browser keeps the worst and says so; a county chosen as a filter narrows it. */
export const MOST_ROWS = 60_000

export type Loading = 'idle' | 'loading' | 'done' | 'failed'

const rows = shallowRef<LedgerRow[]>([])
const places = shallowRef<Places>(placesOf([]))
const state = ref<Loading>('idle')
const failure = shallowRef<ApiError | null>(null)
const total = ref(0)
const filters = reactive<Filters>({ ...NO_FILTERS })
const sorting = ref<Sorting>({ column: 'level', descending: false })
const onlyInView = ref(false)
const view = shallowRef<Bounds | null>(null)
const locale = ref('zh')
let running: AbortController | null = null

const ordered = computed(() => sorted(rows.value, sorting.value, locale.value))
const visible = computed(() => matching(ordered.value, filters, onlyInView.value ? view.value : null))

/** The waters, kept whole in the browser: 24,900 rows filter and sort in milliseconds and need no waiting. */
export const ledger = {
  rows, places, state, failure, total, filters, sorting, onlyInView, view, locale, visible,
  load, loadPlaces, reload, refreshRow,
  indexOf: (id: string) => visible.value.findIndex((row) => row.id === id),
}

async function load(): Promise<void> {
  if (state.value === 'idle' || state.value === 'failed') await reload()
}

async function reload(): Promise<void> {
  running?.abort()
  const mine = (running = new AbortController())
  state.value = 'loading'
  failure.value = null
  try {
    await loadPlaces(mine.signal)
    await loadRows(mine.signal)
    state.value = 'done'
  } catch (error) {
    if (isAbort(error)) return
    failure.value = ApiError.of(error)
    state.value = 'failed'
  }
}

async function loadPlaces(signal?: AbortSignal): Promise<void> {
  if (places.value.counties.length > 0) return
  places.value = placesOf(await all<Place>('Divisions', { select: PLACE_PROPERTIES }, signal))
}

/** Worst first: the first short page already shows what matters most. Pages may overlap while scores move; ids decide. */
async function loadRows(signal: AbortSignal): Promise<void> {
  total.value = await countOf('Hazards', undefined, signal)
  const byId = new Map<string, LedgerRow>()
  const query = { select: ROW_PROPERTIES, orderBy: 'RiskScore desc' }
  const keepOld = rows.value.length > 0
  for await (const page of pages<HazardRow>('Hazards', query, PAGE_SIZE, signal)) {
    for (const hazard of page.value) byId.set(hazard.Id, rowOf(hazard, places.value))
    if (!keepOld) rows.value = [...byId.values()]
    if (byId.size >= MOST_ROWS) break
  }
  rows.value = [...byId.values()]
}

/** Reads one water again: after an edit here, or a change elsewhere. */
async function refreshRow(id: string): Promise<void> {
  let fresh: LedgerRow | null = null
  try {
    fresh = rowOf(await entity<HazardRow>(`Hazards(${id})`, { select: ROW_PROPERTIES }), places.value)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error
  }
  const others = rows.value.filter((row) => row.id !== id)
  if (!fresh) rows.value = others
  else if (others.length === rows.value.length) rows.value = [...others, fresh]
  else rows.value = rows.value.map((row) => (row.id === id ? fresh : row))
}
