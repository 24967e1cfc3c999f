import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { FacilityKind } from '../register/words'
import { SINGLE_FROM_ZOOM } from './waterLayers'

const source = { source: 'facilities', 'source-layer': 'facilities' }

export const FACILITY_HITS = ['facility-symbols']

/** Facilities as drawn symbols, one a kind; where children and pools are is shown first when room is short. */
export function facilityLayers(shown: readonly FacilityKind[]): LayerSpecification[] {
  return [
    {
      id: 'facility-symbols', type: 'symbol', ...source, minzoom: SINGLE_FROM_ZOOM, filter: facilityFilter(shown),
      layout: {
        'icon-image': ['concat', 'facility-', ['get', 'kind']],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.5, 13, 0.8, 16, 1],
        'icon-padding': 1,
        'symbol-sort-key': [
          'match', ['get', 'kind'],
          'SwimmingPool', 0, 'School', 1, 'Kindergarten', 1, 'ProtectionCentre', 2, 'ChildrensHome', 5, 'CounsellingRoom', 6, 3,
        ],
        'text-field': ['step', ['zoom'], '', 14, ['get', 'name']],
        'text-size': 11.5,
        'text-offset': [0, 1.2],
        'text-anchor': 'top',
        'text-optional': true,
        'text-max-width': 9,
      },
      paint: { 'text-color': '#2a3a42', 'text-halo-color': '#ffffff', 'text-halo-width': 1.5 },
    },
  ]
}

export function facilityFilter(shown: readonly FacilityKind[]): FilterSpecification {
  return ['in', ['get', 'kind'], ['literal', [...shown]]]
}
