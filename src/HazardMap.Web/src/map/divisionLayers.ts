import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { NO_DEMAND_COLOUR } from '../register/palette'

const source = { source: 'divisions', 'source-layer': 'divisions' }

/** Coverage as a fill by division: the colour comes as feature state, so that tiles stay what they are. */
export function coverageLayers(level: string): LayerSpecification[] {
  return [
    {
      id: 'coverage-areas', type: 'fill', ...source, filter: ofLevel(level), layout: { visibility: 'none' },
      paint: {
        'fill-color': ['to-color', ['coalesce', ['feature-state', 'colour'], NO_DEMAND_COLOUR]],
        'fill-opacity': ['case', ['boolean', ['feature-state', 'hover'], false], 0.95, 0.82],
      },
    },
    {
      id: 'coverage-edges', type: 'line', ...source, filter: ofLevel(level), layout: { visibility: 'none' },
      paint: {
        'line-color': ['case', ['boolean', ['feature-state', 'hover'], false], '#12333f', '#ffffff'],
        'line-width': ['case', ['boolean', ['feature-state', 'hover'], false], 2.5, 0.8],
      },
    },
  ]
}

export function ofLevel(level: string): FilterSpecification {
  return ['==', ['get', 'level'], level]
}

/** Borders of the register's divisions: counties always, townships from zoom 10. */
export function borderLayers(): LayerSpecification[] {
  return [
    {
      id: 'border-townships', type: 'line', ...source, minzoom: 9.5, filter: ofLevel('Township'),
      paint: { 'line-color': '#8b8375', 'line-width': 0.7, 'line-dasharray': [3, 2], 'line-opacity': 0.7 },
    },
    {
      id: 'border-counties', type: 'line', ...source, filter: ofLevel('County'),
      paint: { 'line-color': '#6f6657', 'line-width': ['interpolate', ['linear'], ['zoom'], 6, 0.8, 12, 2], 'line-opacity': 0.8 },
    },
  ]
}
