import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { LEVEL_COLOURS, UNSCORED_COLOUR } from '../register/palette'
import { LEVELS } from '../register/words'
import { donutImage } from './donut'

/** From this zoom on tiles carry single waters; below it, cells with counts. */
export const SINGLE_FROM_ZOOM = 9

const byLevel = <T>(values: readonly T[], otherwise: T): ExpressionSpecification =>
  ['match', ['get', 'level'], ...LEVELS.flatMap((level, index) => [level, values[index]]), otherwise] as unknown as ExpressionSpecification

const colour = byLevel(LEVELS.map((level) => LEVEL_COLOURS[level]), UNSCORED_COLOUR)
const worstOnTop = byLevel([4, 3, 2, 1], 0)
const closedFades: ExpressionSpecification = ['case', ['==', ['get', 'status'], 'Closed'], 0.35, 1]
const icon: ExpressionSpecification = ['concat', 'water-', ['coalesce', ['get', 'level'], 'None']]

const source = { source: 'hazards', 'source-layer': 'hazards' }
/** Lines and areas are a second layer of the same tiles, from zoom 12. */
const shapes = { source: 'hazards', 'source-layer': 'hazard_shapes', minzoom: 12 }
const ofType = (type: string): ExpressionSpecification => ['==', ['geometry-type'], type]

/** Layers a click may hit, front first. */
export const WATER_HITS = ['water-points', 'water-lines-hit', 'water-areas']

/** Waters as areas, lines and points in four colours, and as counted rings at low zooms. */
export function waterLayers(redWord: string): LayerSpecification[] {
  return [
    {
      id: 'water-areas', type: 'fill', ...shapes, filter: ofType('Polygon'),
      paint: { 'fill-color': colour, 'fill-opacity': ['case', ['==', ['get', 'status'], 'Closed'], 0.2, 0.55] },
    },
    {
      id: 'water-areas-edge', type: 'line', ...shapes, filter: ofType('Polygon'),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': 1.5, 'line-opacity': closedFades },
    },
    {
      id: 'water-lines-casing', type: 'line', ...shapes, filter: ofType('LineString'),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': '#ffffff', 'line-opacity': 0.9, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 4.5, 16, 9] },
    },
    {
      id: 'water-lines', type: 'line', ...shapes, filter: ofType('LineString'),
      layout: { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': worstOnTop },
      paint: { 'line-color': colour, 'line-opacity': closedFades, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 2.5, 16, 5.5] },
    },
    {
      // An unseen, wide twin: a finger can hit it.
      id: 'water-lines-hit', type: 'line', ...shapes, filter: ofType('LineString'),
      paint: { 'line-color': '#000000', 'line-opacity': 0, 'line-width': 18 },
    },
    {
      id: 'water-points', type: 'symbol', ...source, minzoom: SINGLE_FROM_ZOOM,
      layout: {
        'icon-image': icon,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.32, 12, 0.55, 15, 0.85],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': worstOnTop,
      },
      paint: { 'icon-opacity': closedFades },
    },
    {
      id: 'water-names', type: 'symbol', ...source, minzoom: 13.5,
      layout: {
        'text-field': ['get', 'name'],
        'text-size': 12,
        'text-offset': [0, 1.1],
        'text-anchor': 'top',
        'text-optional': true,
        'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'score'], 0]],
      },
      paint: { 'text-color': '#16262e', 'text-halo-color': '#ffffff', 'text-halo-width': 1.6 },
    },
    {
      id: 'water-cells', type: 'symbol', ...source, maxzoom: SINGLE_FROM_ZOOM,
      layout: {
        'icon-image': donutImage,
        'icon-size': ['interpolate', ['linear'], ['sqrt', ['get', 'count']], 1, 0.55, 10, 0.75, 40, 1.15],
        'icon-allow-overlap': true,
        'text-allow-overlap': true,
        'text-field': cellText(redWord),
        'text-size': 11,
        'text-line-height': 1.05,
        'symbol-sort-key': ['get', 'count'],
      },
      paint: { 'text-color': '#16262e' },
    },
  ]
}

/** The count, and under it how many of them are red. */
function cellText(redWord: string): ExpressionSpecification {
  const red: ExpressionSpecification = ['coalesce', ['get', 'red'], 0]
  return [
    'format',
    ['to-string', ['get', 'count']], {},
    ['case', ['>', red, 0], ['concat', '\n', redWord, ['to-string', red]], ''],
    { 'font-scale': 0.8, 'text-color': LEVEL_COLOURS.Red },
  ] as unknown as ExpressionSpecification
}
