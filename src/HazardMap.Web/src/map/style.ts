import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { coverageLayers } from './coverageLayers'
import { FOCUS_SOURCES, focusLayers } from './focusLayers'

/** The layers of this map. How each is drawn is said in its own folder, tiles/LAYER/style.json. */
export const MAP_LAYERS = ['basemap', 'divisions', 'catchments', 'facilities', 'ways', 'hazards', 'reaches'] as const

/** Drawn only when they are asked for: until then not one tile is fetched. */
const ASKED_FOR = new Set(['catchments', 'ways', 'reaches'])

/** From this zoom on tiles carry single waters and facilities; below it, cells with counts. */
export const SINGLE_FROM_ZOOM = 9

const EMPTY = { type: 'FeatureCollection' as const, features: [] }

/** One style from the folders' styles, in their own order. Coverage lies under catchments and labels, what is in focus on top. */
export function mergedStyle(parts: StyleSpecification[], origin: string): StyleSpecification {
  const ordered = [...parts].sort((a, b) => orderOf(a) - orderOf(b))
  const layers = ordered.flatMap((part) => part.layers).map(hiddenUntilAsked)
  const firstLabel = layers.findIndex((layer) => layer.type === 'symbol' || sourceOf(layer) === 'catchments')
  const cut = firstLabel < 0 ? layers.length : firstLabel
  return {
    version: 8,
    name: 'HazardMap',
    sources: {
      ...absolute(Object.assign({}, ...ordered.map((part) => part.sources)) as StyleSpecification['sources'], origin),
      ...Object.fromEntries(FOCUS_SOURCES.map((id) => [id, { type: 'geojson', data: EMPTY } as SourceSpecification])),
    },
    layers: [...layers.slice(0, cut), ...coverageLayers(), ...layers.slice(cut), ...focusLayers()],
    // no glyphs, no sprite: text is drawn from the reader's own fonts, symbols by icons.ts
  }
}

const sourceOf = (layer: LayerSpecification) => ('source' in layer ? String(layer.source) : '')

function hiddenUntilAsked(layer: LayerSpecification): LayerSpecification {
  return ASKED_FOR.has(sourceOf(layer)) ? ({ ...layer, layout: { ...layer.layout, visibility: 'none' } } as LayerSpecification) : layer
}

function orderOf(style: StyleSpecification): number {
  return Number((style.metadata as Record<string, unknown> | undefined)?.['hazardmap:order'] ?? 0)
}

/** Workers have no page to be relative to. */
function absolute(sources: StyleSpecification['sources'], origin: string): StyleSpecification['sources'] {
  const fix = (url: string) => (url.startsWith('/') ? origin + url : url)
  return Object.fromEntries(
    Object.entries(sources).map(([id, source]) => {
      const copy = { ...source } as SourceSpecification & { url?: string; tiles?: string[] }
      if (copy.url) copy.url = fix(copy.url)
      if (copy.tiles) copy.tiles = copy.tiles.map(fix)
      return [id, copy as SourceSpecification]
    }),
  )
}
