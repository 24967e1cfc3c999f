import type { FilterSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl'
import { NO_DEMAND_COLOUR } from '../coverage/palette'

const divisions = { source: 'divisions', 'source-layer': 'divisions' }
const hidden = { visibility: 'none' } as const
const hovered = ['boolean', ['feature-state', 'hover'], false] as const

/** Coverage as a fill by division: the colour comes as feature state, so that tiles stay what they are. */
export function coverageLayers(): LayerSpecification[] {
  return [
    {
      id: 'coverage-areas', type: 'fill', ...divisions, filter: ofLevel('County'), layout: hidden,
      paint: {
        'fill-color': ['to-color', ['coalesce', ['feature-state', 'colour'], NO_DEMAND_COLOUR]],
        'fill-opacity': ['case', [...hovered], 0.95, 0.82],
      },
    },
    {
      id: 'coverage-edges', type: 'line', ...divisions, filter: ofLevel('County'), layout: hidden,
      paint: { 'line-color': ['case', [...hovered], '#12333f', '#ffffff'], 'line-width': ['case', [...hovered], 2.5, 0.8] },
    },
  ]
}

/** At low zooms tiles count facilities by cell: the kind whose coverage is asked for is shown with its count. */
export function coverageFacilities(kind: string): SymbolLayerSpecification {
  return {
    id: 'coverage-facilities', type: 'symbol', source: 'facilities', 'source-layer': 'facilities', maxzoom: 9,
    filter: ['has', kind],
    layout: {
      'icon-image': `facility-${kind}`,
      'icon-size': 0.62,
      'icon-allow-overlap': true,
      'text-field': ['case', ['>', ['get', kind], 1], ['to-string', ['get', kind]], ''],
      'text-size': 11,
      'text-offset': [0.9, 0],
      'text-anchor': 'left',
      'text-allow-overlap': true,
    },
    paint: { 'text-color': '#16262e', 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
  }
}

export function ofLevel(level: string): FilterSpecification {
  return ['==', ['get', 'level'], level]
}
