import { computed, reactive, ref, shallowRef, toRaw } from 'vue'
import { all, countOf, entity, pages } from '../api/odata'
import { ApiError, isAbort } from '../api/http'
import { signedIn } from '../api/session'
import { PLACE_PROPERTIES, placesOf, type Place, type Places } from '../divisions/places'
import { keepLedger, keptLedger } from '../offline/kept'
import { distanceMetres } from './distance'
import { ROW_PROPERTIES, rowOf, type HazardRow, type LedgerRow } from './row'
import { matching, NO_FILTERS, sorted, type Bounds, type Filters, type Here, type Sorting } from './selecting'

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
/** When the rows were read that are shown without a network; null while they are the register's own. */
const keptAt = ref<string | null>(null)
/** Where the reader stands: longitude, latitude. */
const here = shallowRef<Here | null>(null)
let divisions: Place[] = []
let running: AbortController | null = null

const ordered = computed(() => sorted(rows.value, sorting.value, locale.value, here.value))
const visible = computed(() => matching(ordered.value, filters, onlyInView.value ? view.value : null))

/** The waters, kept whole in the browser: 24,900 rows filter and sort in milliseconds and need no waiting. */
export const ledger = {
  rows, places, state, failure, total, filters, sorting, onlyInView, view, locale, visible, keptAt, here,
  locate, load, loadPlaces, reload, refreshRow,
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
    keptAt.value = null
    void keep().catch(() => {}) // a full device reads without a network no more, and loses nothing else
  } catch (error) {
    if (isAbort(error)) return
    const reason = ApiError.of(error)
    if (reason.isOffline && (await showKept())) return
    failure.value = reason
    state.value = 'failed'
  }
}

/** For times without a network. */
async function keep(): Promise<void> {
  const user = signedIn.value?.user
  if (!user) return
  await keepLedger({ user, at: new Date().toISOString(), places: divisions, rows: toRaw(rows.value) })
  document.documentElement.dataset.ledgerKept = 'true'
}

/** What was read last, where the register is out of reach. */
async function showKept(): Promise<boolean> {
  const kept = await keptLedger(signedIn.value?.user ?? '')
  if (!kept) return false
  if (rows.value.length < kept.rows.length) {
    divisions = kept.places
    places.value = placesOf(kept.places)
    rows.value = kept.rows
    total.value = kept.rows.length
  }
  keptAt.value = kept.at
  state.value = 'done'
  return true
}

const MOVED_METRES = 20

/** The reader stands there; who has hardly moved does not sort the ledger again. */
function locate(longitude: number, latitude: number): void {
  if (here.value && distanceMetres(here.value, [longitude, latitude]) < MOVED_METRES) return
  here.value = [longitude, latitude]
}

async function loadPlaces(signal?: AbortSignal): Promise<void> {
  if (places.value.counties.length > 0) return
  divisions = await all<Place>('Divisions', { select: PLACE_PROPERTIES }, signal)
  places.value = placesOf(divisions)
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
