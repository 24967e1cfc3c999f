import type { LayerSpecification } from 'maplibre-gl'

const INK = '#0d1b22'

/** The selected water over everything else, the circle within which children count, and a place being pointed at. */
export function focusLayers(): LayerSpecification[] {
  return [
    {
      id: 'cutoff-area', type: 'fill', source: 'cutoff',
      paint: { 'fill-color': INK, 'fill-opacity': 0.05 },
    },
    {
      id: 'cutoff-edge', type: 'line', source: 'cutoff',
      paint: { 'line-color': INK, 'line-width': 1.4, 'line-dasharray': [4, 3], 'line-opacity': 0.75 },
    },
    {
      id: 'selected-area', type: 'line', source: 'selected', filter: ['!=', ['geometry-type'], 'Point'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': '#ffffff', 'line-width': 9, 'line-opacity': 0.95 },
    },
    {
      id: 'selected-edge', type: 'line', source: 'selected', filter: ['!=', ['geometry-type'], 'Point'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': INK, 'line-width': 3 },
    },
    {
      id: 'selected-halo', type: 'circle', source: 'selected-point',
      paint: {
        'circle-radius': 15,
        'circle-color': '#ffffff',
        'circle-opacity': 0.25,
        'circle-stroke-color': INK,
        'circle-stroke-width': 3,
        'circle-stroke-opacity': ['interpolate', ['linear'], ['zoom'], 13.5, 1, 15, ['case', ['get', 'isShaped'], 0, 1]],
      },
    },
    {
      id: 'pointed', type: 'circle', source: 'pointed',
      paint: { 'circle-radius': 11, 'circle-color': 'rgba(255,255,255,0.2)', 'circle-stroke-color': '#a0326f', 'circle-stroke-width': 3.5 },
    },
  ]
}

export const CUTOFF_LAYERS = ['cutoff-area', 'cutoff-edge'] as const
export const FOCUS_SOURCES = ['cutoff', 'selected', 'selected-point', 'pointed'] as const
