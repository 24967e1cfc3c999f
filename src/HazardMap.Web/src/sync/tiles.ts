import { getJson } from '../api/http'
import { isDrawnAtFirst, layersOf } from '../map/layers'

/** Shared with the service worker (build/sw.js), which answers from it without a network. */
export const TILES = 'hazardmap-tiles'
const MOST_TILES = 2500
const AT_ONCE = 6
const CLOSEST = 14
const MARGIN_DEGREES = 0.01

interface TileJson {
  tiles: string[]
  minzoom?: number
  maxzoom?: number
}

/**
 * Keeps the map of where waters are, as close as a bounded number of tiles allows; returns the closest zoom that is whole. Tiles of what
 * was kept before, or for another account, go.
 */
export async function keepTiles(places: readonly (readonly [number, number])[], account: string): Promise<number | null> {
  if (places.length === 0 || typeof caches === 'undefined') return null
  await caches.delete(TILES)
  const cache = await caches.open(TILES)
  await cache.put('/account', new Response(account))
  await cache.add('/tiles/layers.json')
  const layers = await drawnLayers()
  await Promise.all(layers.map(({ tiles }) => cache.add(tiles)))
  const served = await Promise.all(layers.map(({ tiles }) => getJson<TileJson>(tiles)))
  let left = MOST_TILES
  let whole: number | null = null
  for (let zoom = 0; zoom <= CLOSEST; zoom++) {
    const urls = urlsOf(served, places, zoom)
    if (urls.length > left) break
    left -= urls.length
    await fetchAll(cache, urls)
    whole = zoom
  }
  return whole
}

/** Asks again for the tiles of places that changed, up to a zoom. */
export async function renewTiles(places: readonly (readonly [number, number])[], closest: number): Promise<void> {
  if (places.length === 0 || typeof caches === 'undefined') return
  const cache = await caches.open(TILES)
  const served = await Promise.all((await drawnLayers()).map(({ tiles }) => getJson<TileJson>(tiles)))
  for (let zoom = 0; zoom <= closest; zoom++) await fetchAll(cache, urlsOf(served, places, zoom))
}

const drawnLayers = async () => layersOf(await getJson('/tiles/layers.json')).filter(isDrawnAtFirst)

function urlsOf(served: readonly TileJson[], places: readonly (readonly [number, number])[], zoom: number): string[] {
  const tiles = tilesOf(places, zoom)
  return served.filter(({ minzoom = 0, maxzoom = 22 }) => zoom >= minzoom && zoom <= maxzoom)
    .flatMap((layer) => tiles.map((tile) => urlOf(layer, tile)))
}

const urlOf = ({ tiles }: TileJson, { z, x, y }: Tile) =>
  new URL(tiles[0]!.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y)), location.origin).pathname

export interface Tile {
  z: number
  x: number
  y: number
}

/** The tiles of a zoom that hold a place or lie right beside it. */
export function tilesOf(places: readonly (readonly [number, number])[], z: number): Tile[] {
  const found = new Map<string, Tile>()
  for (const [longitude, latitude] of places) {
    for (const east of [-MARGIN_DEGREES, MARGIN_DEGREES]) {
      for (const north of [-MARGIN_DEGREES, MARGIN_DEGREES]) {
        const [x, y] = [column(longitude + east, z), row(latitude + north, z)]
        found.set(`${x}/${y}`, { z, x, y })
      }
    }
  }
  return [...found.values()]
}

const column = (longitude: number, z: number) => Math.floor(((longitude + 180) / 360) * 2 ** z)

function row(latitude: number, z: number): number {
  const radians = (latitude * Math.PI) / 180
  return Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z)
}

async function fetchAll(cache: Cache, urls: readonly string[]): Promise<void> {
  for (let at = 0; at < urls.length; at += AT_ONCE) {
    await Promise.all(urls.slice(at, at + AT_ONCE).map(async (url) => {
      const answer = await fetch(url)
      if (answer.ok) await cache.put(url, answer)
    }))
  }
}

/** What was kept for another account is not shown to this one. */
export async function dropOthersTiles(account: string): Promise<void> {
  if (typeof caches === 'undefined' || !(await caches.has(TILES))) return
  const whose = await (await caches.open(TILES)).match('/account').then((told) => told?.text())
  if (whose !== account) await caches.delete(TILES)
}
