import {
  Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl,
  type FilterSpecification, type GeoJSONSource, type JumpToOptions, type MapGeoJSONFeature, type StyleSpecification,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Feature, Geometry, Point, Position } from 'geojson'
import type { Bounds } from '../register/selecting'
import type { FacilityKind } from '../register/words'
import { FACILITY_HITS, facilityFilter } from './facilityLayers'
import { ofLevel } from './divisionLayers'
import { boxOf, circle, tilesAround, zoomFor, type Box } from './geometry'
import { addIcons } from './icons'
import { WATER_HITS } from './waterLayers'

setWorkerUrl(workerUrl)

export const REACH_METRES = 3000
const HIT_PIXELS = 6
const CLICKABLE = [...WATER_HITS, 'water-cells', ...FACILITY_HITS]

export interface Hovered {
  x: number
  y: number
  layer: 'water' | 'cell' | 'facility' | 'coverage'
  properties: Record<string, unknown>
}

export interface MapEvents {
  onView(bounds: Bounds, zoom: number): void
  onWater(id: string): void
  onHover(hovered: Hovered | null): void
  onFailure(message: string): void
  onNothing(): void
}

/** The one place that speaks to MapLibre. Everything else says what should be seen. */
export class MapController {
  readonly map: MapLibre
  private readonly calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  private coverageStates = new Set<string>()
  private hoveredDivision: string | null = null
  private coverageShown = false

  constructor(container: HTMLElement, style: StyleSpecification, extent: Box | null, locale: Record<string, string>, private readonly events: MapEvents) {
    this.map = new MapLibre({
      container,
      style,
      locale,
      attributionControl: false, // ours is part of the legend strip, always readable
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 18,
      minZoom: 2,
      fadeDuration: this.calm.matches ? 0 : 150,
      localIdeographFontFamily: '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif',
      ...(extent ? { bounds: extent, fitBoundsOptions: { padding: 24 } } : {}),
    })
    this.map.touchZoomRotate.disableRotation()
    this.map.addControl(new NavigationControl({ showCompass: false }), 'top-left')
    this.map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left')
    this.listen()
  }

  private listen(): void {
    const { map } = this
    addIcons(map)
    map.on('load', () => this.tellView())
    map.on('moveend', () => this.tellView())
    map.on('error', ({ error }) => this.events.onFailure(error.message))
    map.on('click', (event) => this.clicked(this.featuresAt(event.point.x, event.point.y, HIT_PIXELS)))
    map.on('mousemove', (event) => this.hover(event.point.x, event.point.y))
    map.on('mouseout', () => this.hover(-1, -1))
    map.on('movestart', () => this.events.onHover(null))
  }

  private tellView(): void {
    const bounds = this.map.getBounds()
    this.events.onView(
      { west: bounds.getWest(), south: bounds.getSouth(), east: bounds.getEast(), north: bounds.getNorth() },
      this.map.getZoom(),
    )
  }

  private featuresAt(x: number, y: number, reach: number): MapGeoJSONFeature[] {
    if (!this.map.isStyleLoaded() && !this.map.getLayer('water-points')) return []
    return this.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: CLICKABLE })
  }

  private clicked(features: MapGeoJSONFeature[]): void {
    const water = features.find((feature) => WATER_HITS.includes(feature.layer.id))
    const cell = features.find((feature) => feature.layer.id === 'water-cells')
    if (water) this.events.onWater(String(water.properties.id))
    else if (cell) this.move({ center: (cell.geometry as Point).coordinates as [number, number], zoom: Math.min(this.map.getZoom() + 2, 10) })
    else this.events.onNothing()
  }

  private hover(x: number, y: number): void {
    const features = x < 0 ? [] : this.featuresAt(x, y, 2)
    this.map.getCanvas().style.cursor = features.some((feature) => !FACILITY_HITS.includes(feature.layer.id)) ? 'pointer' : ''
    const first = features[0]
    if (first) return this.events.onHover({ x, y, layer: kindOfHit(first.layer.id), properties: first.properties })
    const division = x < 0 || !this.coverageShown ? undefined : this.map.queryRenderedFeatures([x, y], { layers: ['coverage-areas'] })[0]
    this.highlightDivision(division ? String(division.properties.code) : null)
    this.events.onHover(division ? { x, y, layer: 'coverage', properties: division.properties } : null)
  }

  /** Draws a box, or a place, into view. `inset` keeps what a panel covers free. */
  show(geometry: Geometry, inset: { right?: number; bottom?: number } = {}): void {
    const box = boxOf(geometry)
    const { clientWidth, clientHeight } = this.map.getContainer()
    const pixels = Math.min(clientWidth - (inset.right ?? 0), clientHeight - (inset.bottom ?? 0)) * 0.5
    this.move({
      center: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2],
      zoom: zoomFor(box, Math.max(pixels, 80), 8, Math.max(14, this.map.getZoom())),
      padding: { top: 0, left: 0, right: inset.right ?? 0, bottom: inset.bottom ?? 0 },
    })
  }

  fit(extent: Box): void {
    this.map.fitBounds(extent, { padding: 24, animate: !this.calm.matches, duration: 600 })
  }

  private move(camera: JumpToOptions): void {
    if (this.calm.matches) this.map.jumpTo(camera)
    else this.map.flyTo({ ...camera, duration: 900, essential: false })
  }

  select(shape: Geometry | null, location: Position | null): void {
    this.setData('selected', shape && shape.type !== 'Point' ? [feature(shape)] : [])
    this.setData('selected-point', location && (!shape || shape.type === 'Point') ? [feature({ type: 'Point', coordinates: location })] : [])
  }

  reach(location: Position | null): void {
    this.setData('reach', location ? [feature(circle(location, REACH_METRES))] : [])
  }

  pointAt(location: Position | null): void {
    this.setData('pointed', location ? [feature({ type: 'Point', coordinates: location })] : [])
  }

  private setData(source: string, features: Feature[]): void {
    void this.whenReady().then(() => this.map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features }))
  }

  setVisible(layers: readonly string[], visible: boolean): void {
    void this.whenReady().then(() => {
      for (const id of layers) if (this.map.getLayer(id)) this.map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none')
    })
  }

  /** Switches what a base map layer draws from one of its source layers, whatever its style calls the layers. */
  setVisibleBySource(sourceLayer: string, visible: boolean): void {
    void this.whenReady().then(() => {
      const drawn = this.map.getStyle().layers.filter((layer) => 'source-layer' in layer && layer['source-layer'] === sourceLayer)
      this.setVisible(drawn.map((layer) => layer.id), visible)
    })
  }

  showFacilities(kinds: readonly FacilityKind[]): void {
    this.setFilter('facility-symbols', facilityFilter(kinds))
  }

  private setFilter(layer: string, filter: FilterSpecification): void {
    void this.whenReady().then(() => this.map.setFilter(layer, filter))
  }

  /** Colours divisions by code; null takes the choropleth away. */
  colourDivisions(level: string, colours: Map<string, string> | null): void {
    void this.whenReady().then(() => {
      const target = { source: 'divisions', sourceLayer: 'divisions' }
      for (const id of this.coverageStates) this.map.setFeatureState({ ...target, id }, { colour: null })
      this.coverageStates = new Set(colours?.keys() ?? [])
      colours?.forEach((colour, id) => this.map.setFeatureState({ ...target, id }, { colour }))
      for (const layer of ['coverage-areas', 'coverage-edges']) this.map.setFilter(layer, ofLevel(level))
      this.setVisible(['coverage-areas', 'coverage-edges'], colours !== null)
      this.coverageShown = colours !== null
    })
  }

  highlightDivision(code: string | null): void {
    if (code === this.hoveredDivision) return
    const target = { source: 'divisions', sourceLayer: 'divisions' }
    if (this.hoveredDivision) this.map.setFeatureState({ ...target, id: this.hoveredDivision }, { hover: false })
    if (code) this.map.setFeatureState({ ...target, id: code }, { hover: true })
    this.hoveredDivision = code
  }

  /** Asks again for the tiles that a changed place touches, or for all of a source. */
  refresh(source: 'hazards' | 'facilities' | 'divisions', at?: { lon: number; lat: number }): void {
    if (!this.map.getSource(source)) return
    this.map.refreshTiles(source, at ? tilesAround(at.lon, at.lat, 0, 18) : undefined)
  }

  whenReady(): Promise<void> {
    return this.map.getLayer('water-points') ? Promise.resolve() : new Promise((done) => this.map.once('styledata', () => done()))
  }

  destroy(): void {
    this.map.remove()
  }
}

function feature(geometry: Geometry): Feature {
  return { type: 'Feature', properties: {}, geometry }
}

function kindOfHit(layer: string): Hovered['layer'] {
  if (layer === 'water-cells') return 'cell'
  return FACILITY_HITS.includes(layer) ? 'facility' : 'water'
}
