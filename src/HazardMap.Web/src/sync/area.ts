import { reactive, shallowRef } from 'vue'
import { ApiError, getJson } from '../api/http'
import type { Hazard } from '../api/model'
import { literal, urlOf, type Page, type WithEtag } from '../api/odata'
import { signedIn } from '../api/session'
import { distanceMetres } from '../ledger/distance'
import type { Here } from '../ledger/selecting'
import { asked, FACTS, inOne, read, WATERS } from './database'
import { keepTiles, renewTiles } from './tiles'

const PAGE_SIZE = 500
/** What a phone keeps of waters; an area with more is narrowed to a county or a township. */
export const MOST_WATERS = 8000

/** What was downloaded of an area, and by which link its changes are told. */
export interface KeptArea {
  code: string
  name: string
  at: string
  deltaLink: string
  waters: number
  /** The closest zoom to which map tiles are kept; null: none. */
  zoom: number | null
}

export type KeptWater = WithEtag<Hazard>

export const area = reactive({
  kept: null as KeptArea | null,
  isBusy: false,
  done: 0,
  failure: null as ApiError | null,
  /** More than a phone keeps. */
  isTooLarge: false,
})
export const waters = shallowRef<KeptWater[]>([])

const mine = () => signedIn.value?.user ?? ''
const areaKey = () => ['area', mine()]
const watersOfAccount = () => IDBKeyRange.bound([mine(), ''], [mine(), '\uffff'])

/** What this device keeps for who is logged in. */
export async function openArea(): Promise<void> {
  area.kept = (await read(FACTS, (store) => store.get(areaKey()) as IDBRequest<KeptArea | undefined>)) ?? null
  waters.value = await read(WATERS, (store) => store.getAll(watersOfAccount()) as IDBRequest<KeptWater[]>)
}

export async function keptWater(id: string): Promise<KeptWater | null> {
  return (await read(WATERS, (store) => store.get([mine(), id]) as IDBRequest<KeptWater | undefined>)) ?? null
}

type Told = KeptWater | { '@removed': unknown; Id: string }
type DeltaPage = Page<Told> & { '@odata.deltaLink'?: string }

/** Downloads an area, with its map; the same one again: only what changed since. What was kept stays until the new is whole. */
export async function downloadArea(code: string, name: string): Promise<void> {
  if (area.isBusy) return
  Object.assign(area, { isBusy: true, done: 0, failure: null, isTooLarge: false })
  try {
    const before = area.kept?.code === code && area.kept.deltaLink ? area.kept : null
    const told = before ? await follow(before.deltaLink).catch(anewWhenForgotten) : null
    if (told) {
      await keep({ ...before!, deltaLink: told.deltaLink }, told.rows, false)
      const moved = told.rows.filter((row): row is KeptWater => !('@removed' in row))
      if (before!.zoom !== null) await renewTiles(moved.map(placeOf), before!.zoom).catch(() => {})
    } else if (await readWhole(code, name)) {
      const zoom = await keepTiles(waters.value.map(placeOf), mine()).catch(() => null)
      await keep({ ...area.kept!, zoom }, [], false)
    }
  } catch (error) {
    area.failure = ApiError.of(error)
  } finally {
    area.isBusy = false
  }
}

// 410: the link is too old, or other rights hold now.
function anewWhenForgotten(error: unknown): null {
  if (error instanceof ApiError && (error.status === 410 || error.status === 400)) return null
  throw error
}

const placeOf = ({ Location }: KeptWater) => Location.coordinates as [number, number]

/** False: it is more than a phone keeps, and nothing was kept. */
async function readWhole(code: string, name: string): Promise<boolean> {
  const filter = code ? `startswith(DivisionCode,${literal(code)})` : undefined
  const told = await follow(urlOf('Hazards', { filter }))
  if (told.rows.length > MOST_WATERS) {
    area.isTooLarge = true
    return false
  }
  const fact = { code, name, at: '', deltaLink: told.deltaLink, waters: 0, zoom: null }
  await keep(fact, told.rows, true)
  return true
}

async function follow(link: string): Promise<{ rows: Told[]; deltaLink: string }> {
  const rows: Told[] = []
  let next: string | undefined = link
  let deltaLink = ''
  while (next) {
    const page: DeltaPage = await getJson<DeltaPage>(pathOf(next), {
      headers: { Prefer: `odata.track-changes,odata.maxpagesize=${PAGE_SIZE}` },
    })
    rows.push(...page.value)
    area.done = rows.length
    if (rows.length > MOST_WATERS) break
    next = page['@odata.nextLink']
    deltaLink = page['@odata.deltaLink'] ?? deltaLink
  }
  return { rows, deltaLink }
}

function pathOf(link: string): string {
  if (!/^https?:/.test(link)) return link.startsWith('/') ? link : `/odata/${link}`
  const url = new URL(link)
  return url.pathname + url.search
}

/** Waters and the link by which their changes are told, together or not at all. */
async function keep(fact: KeptArea, rows: readonly Told[], isWhole: boolean): Promise<void> {
  const now = { ...fact, at: new Date().toISOString() }
  await inOne([WATERS, FACTS], async (store) => {
    if (isWhole) await asked(store(WATERS).delete(watersOfAccount()))
    for (const row of rows) {
      if ('@removed' in row) store(WATERS).delete([mine(), row.Id])
      else store(WATERS).put(row, [mine(), row.Id])
    }
    now.waters = await asked(store(WATERS).count(watersOfAccount()))
    await asked(store(FACTS).put(now, areaKey()))
  })
  await openArea()
}

/** Takes what was read away; what was entered stays. */
export async function forgetArea(): Promise<void> {
  await inOne([WATERS, FACTS], (store) => {
    store(WATERS).clear()
    store(FACTS).clear()
  })
  await caches?.delete?.('hazardmap-tiles')
  area.kept = null
  waters.value = []
}

export interface Due {
  water: KeptWater
  /** Whole days until it is due; negative: overdue; null: no due date. */
  days: number | null
  metres: number | null
}

/** Overdue first, the longest overdue before others; or the nearest first. What is closed needs no visit. */
export function dueList(all: readonly KeptWater[], here: Here | null, nearest: boolean, now = Date.now()): Due[] {
  const list = all.filter(({ Status }) => Status !== 'Closed' && Status !== 'Filled').map((water): Due => ({
    water,
    days: water.NextInspectionDueAt ? Math.floor((Date.parse(water.NextInspectionDueAt) - now) / 86_400_000) : null,
    metres: here ? distanceMetres(here, water.Location.coordinates as [number, number]) : null,
  }))
  const byDue = (a: Due, b: Due) => (a.days ?? Infinity) - (b.days ?? Infinity) || (a.metres ?? 0) - (b.metres ?? 0)
  return list.sort(nearest && here ? (a, b) => a.metres! - b.metres! : byDue)
}

