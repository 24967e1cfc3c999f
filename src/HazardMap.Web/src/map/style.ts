import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { coverageLayers } from './coverageLayers'
import { FOCUS_SOURCES, focusLayers } from './focusLayers'
import { isDrawnAtFirst, type Layer } from './layers'

/** From this zoom on tiles carry single waters and facilities; below it, cells with counts. */
export const SINGLE_FROM_ZOOM = 9

const EMPTY = { type: 'FeatureCollection' as const, features: [] }

/** One style from the layers' own, in their order. Coverage lies under labels and what is asked for, what is in focus on top. */
export function mergedStyle(layers: readonly Layer[], origin: string): StyleSpecification {
  const drawn = layers.filter(({ shown }) => shown !== 'never')
  const parts = drawn.flatMap((layer) => layer.style.layers.map((part) => (isDrawnAtFirst(layer) ? part : hidden(part))))
  const cut = parts.findIndex((part) => part.type === 'symbol' || part.layout?.visibility === 'none')
  const base = cut < 0 ? parts.length : cut
  return {
    version: 8,
    name: 'HazardMap',
    sources: {
      ...absolute(Object.assign({}, ...drawn.map(({ style }) => style.sources)) as StyleSpecification['sources'], origin),
      ...Object.fromEntries(FOCUS_SOURCES.map((id) => [id, { type: 'geojson', data: EMPTY } as SourceSpecification])),
    },
    layers: [...parts.slice(0, base), ...coverageLayers(), ...parts.slice(base), ...focusLayers()],
    // no glyphs, no sprite: text is drawn from the reader's own fonts, symbols by icons.ts
  }
}

/** A source none of whose layers is visible is not asked for a single tile. */
function hidden(layer: LayerSpecification): LayerSpecification {
  return { ...layer, layout: { ...layer.layout, visibility: 'none' } } as LayerSpecification
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
