import type { Map as MapLibre, MapGeoJSONFeature } from 'maplibre-gl'
import { coverageFacilities, ofLevel } from './coverageLayers'

const DIVISIONS = { source: 'divisions', sourceLayer: 'divisions' } as const

/** What the map draws of an answer about coverage. */
export interface ShownCoverage {
  level: string
  kind: string
  colours: Map<string, string>
}

/** Divisions coloured by how well they are covered, over the layer of divisions, and the facilities asked about. */
export class CoverageOnMap {
  private coloured = new Set<string>()
  private highlighted: string | null = null
  private isShown = false
  private markedKind: string | null = null

  constructor(
    private readonly map: MapLibre,
    private readonly whenReady: () => Promise<void>,
  ) {}

  /** Null takes the choropleth away. */
  show(shown: ShownCoverage | null): void {
    void this.whenReady().then(() => {
      this.colour(shown?.colours ?? new Map())
      for (const layer of ['coverage-areas', 'coverage-edges']) {
        if (shown) this.map.setFilter(layer, ofLevel(shown.level))
        this.map.setLayoutProperty(layer, 'visibility', shown ? 'visible' : 'none')
      }
      this.mark(shown?.kind ?? null)
      this.isShown = shown !== null
    })
  }

  divisionAt(x: number, y: number): MapGeoJSONFeature | undefined {
    return this.isShown ? this.map.queryRenderedFeatures([x, y], { layers: ['coverage-areas'] })[0] : undefined
  }

  highlight(code: string | null): void {
    if (code === this.highlighted) return
    if (this.highlighted) this.map.setFeatureState({ ...DIVISIONS, id: this.highlighted }, { hover: false })
    if (code) this.map.setFeatureState({ ...DIVISIONS, id: code }, { hover: true })
    this.highlighted = code
  }

  private colour(colours: Map<string, string>): void {
    for (const id of this.coloured) this.map.setFeatureState({ ...DIVISIONS, id }, { colour: null })
    colours.forEach((colour, id) => this.map.setFeatureState({ ...DIVISIONS, id }, { colour }))
    this.coloured = new Set(colours.keys())
  }

  /** The layer stays once it is there: taking one away while its symbols are being placed breaks the map's frame. */
  private mark(kind: string | null): void {
    if (kind === this.markedKind) return
    this.markedKind = kind
    const id = 'coverage-facilities'
    const layer = kind === null ? null : coverageFacilities(kind)
    if (layer && !this.map.getLayer(id)) this.map.addLayer(layer)
    if (layer) this.map.setFilter(id, layer.filter)
    if (layer) for (const name of ['icon-image', 'text-field'] as const) this.map.setLayoutProperty(id, name, layer.layout?.[name])
    if (this.map.getLayer(id)) this.map.setLayoutProperty(id, 'visibility', layer ? 'visible' : 'none')
  }
}
