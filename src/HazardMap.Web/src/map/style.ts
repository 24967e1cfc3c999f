import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { FACILITY_KINDS, type FacilityKind } from '../register/words'
import { borderLayers, coverageLayers } from './divisionLayers'
import { facilityLayers } from './facilityLayers'
import { FOCUS_SOURCES, focusLayers } from './focusLayers'
import { waterLayers } from './waterLayers'

export interface StyleOptions {
  redWord: string
  facilities?: readonly FacilityKind[]
}

const EMPTY = { type: 'FeatureCollection' as const, features: [] }

/** The base map as its folder says, with the register's layers merged in: fills and lines below the base map's labels. */
export function mergedStyle(base: StyleSpecification, origin: string, options: StyleOptions): StyleSpecification {
  const firstLabel = base.layers.findIndex((layer) => layer.type === 'symbol')
  const cut = firstLabel < 0 ? base.layers.length : firstLabel
  return {
    version: 8,
    name: 'HazardMap',
    sources: { ...absolute(base.sources, origin), ...registerSources(origin) },
    layers: [
      ...base.layers.slice(0, cut),
      ...coverageLayers('County'),
      ...borderLayers(),
      ...base.layers.slice(cut),
      ...facilityLayers(options.facilities ?? FACILITY_KINDS),
      ...waterLayers(options.redWord),
      ...focusLayers(),
    ].map(withoutGlyphs),
    // no glyphs, no sprite: text is drawn from the reader's own fonts, symbols by icons.ts
  }
}

function registerSources(origin: string): Record<string, SourceSpecification> {
  const tiles = (layer: string): SourceSpecification => ({ type: 'vector', url: `${origin}/tiles/${layer}.json` })
  return {
    hazards: tiles('hazards'),
    facilities: tiles('facilities'),
    divisions: { ...tiles('divisions'), promoteId: { divisions: 'code' } } as SourceSpecification,
    ...Object.fromEntries(FOCUS_SOURCES.map((id) => [id, { type: 'geojson', data: EMPTY } as SourceSpecification])),
  }
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

/** A font stack only matters with a glyph server; ours are the reader's fonts. */
function withoutGlyphs(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== 'symbol' || !layer.layout?.['text-font']) return layer
  const { 'text-font': _, ...layout } = layer.layout
  return { ...layer, layout } as LayerSpecification
}
