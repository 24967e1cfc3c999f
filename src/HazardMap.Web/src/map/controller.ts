import {
  GeolocateControl, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl,
  type EaseToOptions, type ExpressionSpecification, type GeoJSONSource, type MapGeoJSONFeature, type StyleSpecification,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Feature, Geometry, Point, Position } from 'geojson'
import type { Bounds } from '../ledger/selecting'
import type { FacilityKind } from '../register/words'
import { coverageFacilities, ofLevel } from './coverageLayers'
import { boxOf, circle, tilesAround, zoomFor, type Box } from './geometry'
import { REACH_WIDTH } from './focusLayers'
import { addIcons } from './icons'

setWorkerUrl(workerUrl)

export const REACH_METRES = 3000
const HIT_PIXELS = 6
/** Near enough to see a water among its neighbours, far enough for its whole reach. */
const CLOSE_ZOOM = 13
const HITS: Record<string, Hovered['layer']> = { hazards: 'water', hazard_shapes: 'water', reaches: 'reach', way_waters: 'wayWater', ways: 'way', facilities: 'facility' }
/** What a click on them opens a water of. */
const WATERS = new Set<Hovered['layer']>(['water', 'reach', 'wayWater'])

export interface Hovered {
  x: number
  y: number
  layer: 'water' | 'reach' | 'wayWater' | 'way' | 'cell' | 'facility' | 'coverage'
  properties: Record<string, unknown>
}

interface Hit {
  feature: MapGeoJSONFeature
  layer: Hovered['layer']
}

export interface MapEvents {
  onView(bounds: Bounds, zoom: number): void
  onWater(id: string): void
  onHover(hovered: Hovered | null): void
  onFailure(message: string): void
}

/** The one place that speaks to MapLibre. Everything else says what should be seen. */
export class MapController {
  readonly map: MapLibre
  private readonly calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  private readonly ownFilters = new Map<string, ExpressionSpecification | undefined>()
  private coverageStates = new Set<string>()
  private hoveredDivision: string | null = null
  private coverageShown = false
  private markedKind: string | null = null

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
    if (matchMedia('(pointer: coarse)').matches) this.map.addControl(new GeolocateControl({ trackUserLocation: true }), 'top-left')
    this.map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left')
    this.listen()
  }

  private listen(): void {
    const { map } = this
    addIcons(map)
    map.on('load', () => this.tellView())
    map.on('moveend', () => this.tellView())
    map.on('error', ({ error }) => this.events.onFailure(error.message))
    map.on('click', (event) => this.clicked(this.hitsAt(event.point.x, event.point.y, HIT_PIXELS)))
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

  /** Waters, cells of waters and facilities at a place on the screen: whatever is drawn from their tiles. */
  private hitsAt(x: number, y: number, reach: number): Hit[] {
    const drawn = this.map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]])
    return drawn.flatMap((feature) => {
      const layer = feature.layer.id.startsWith('coverage-') ? undefined : HITS[feature.sourceLayer ?? feature.source]
      return layer ? [{ feature, layer: feature.properties.count === undefined ? layer : 'cell' }] : []
    })
  }

  private clicked(hits: Hit[]): void {
    const water = hits.find((hit) => WATERS.has(hit.layer))
    const cell = hits.find((hit) => hit.layer === 'cell')
    if (water) this.events.onWater(String(water.feature.properties.id))
    else if (cell) this.move({ center: (cell.feature.geometry as Point).coordinates as [number, number], zoom: Math.min(this.map.getZoom() + 2, 10) })
  }

  private hover(x: number, y: number): void {
    const hits = x < 0 ? [] : this.hitsAt(x, y, 2)
    this.map.getCanvas().style.cursor = hits.some((hit) => hit.layer !== 'facility' && hit.layer !== 'way') ? 'pointer' : ''
    const [first] = hits
    const division = first || x < 0 || !this.coverageShown ? undefined : this.map.queryRenderedFeatures([x, y], { layers: ['coverage-areas'] })[0]
    this.highlightDivision(division ? String(division.properties.code) : null)
    if (first) this.events.onHover({ x, y, layer: first.layer, properties: first.feature.properties })
    else this.events.onHover(division ? { x, y, layer: 'coverage', properties: division.properties } : null)
  }

  /** Draws a box, or a place, into view. `inset` keeps what a panel covers free. */
  show(geometry: Geometry, inset: { right?: number; bottom?: number } = {}): void {
    const box = boxOf(geometry)
    const { clientWidth, clientHeight } = this.map.getContainer()
    const pixels = Math.min(clientWidth - (inset.right ?? 0), clientHeight - (inset.bottom ?? 0)) * 0.5
    this.move({
      center: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2],
      zoom: zoomFor(box, Math.max(pixels, 80), 8, Math.max(CLOSE_ZOOM, this.map.getZoom())),
      offset: [-(inset.right ?? 0) / 2, -(inset.bottom ?? 0) / 2],
    })
  }

  fit(extent: Box): void {
    this.map.fitBounds(extent, { padding: 24, animate: !this.calm.matches, duration: 600 })
  }

  private move(camera: EaseToOptions): void {
    if (this.calm.matches) this.map.easeTo({ ...camera, duration: 0 })
    else this.map.flyTo({ ...camera, duration: 900 })
  }

  /** Marks a water: its shape, and a ring that gives way to the shape once that is large enough to see. */
  select(shape: Geometry | null, location: Position | null): void {
    const isShaped = shape !== null && shape.type !== 'Point'
    this.setData('selected', isShaped ? [feature(shape)] : [])
    this.setData('selected-point', location ? [feature({ type: 'Point', coordinates: location }, { isShaped })] : [])
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

  /** Switches everything drawn from a source, or from one of its source layers, whatever its style calls the layers. */
  setVisible(source: string, visible: boolean, sourceLayer?: string): void {
    void this.whenReady().then(() => {
      for (const layer of this.map.getStyle().layers) {
        if (!('source' in layer) || layer.source !== source || layer.id.startsWith('coverage-')) continue
        if (sourceLayer && layer['source-layer'] !== sourceLayer) continue
        this.map.setLayoutProperty(layer.id, 'visibility', visible ? 'visible' : 'none')
      }
      if (source === 'reaches') this.outlineSelection(visible)
    })
  }

  private outlineSelection(isOutline: boolean): void {
    this.map.setLayoutProperty('selected-area', 'visibility', isOutline ? 'none' : 'visible')
    this.map.setPaintProperty('selected-edge', 'line-gap-width', isOutline ? REACH_WIDTH : 0)
  }

  /** Leaves only these kinds of facilities, within what their style filters anyway. */
  showFacilities(kinds: readonly FacilityKind[]): void {
    void this.whenReady().then(() => {
      const wanted: ExpressionSpecification = ['in', ['get', 'kind'], ['literal', [...kinds]]]
      for (const layer of this.map.getStyle().layers) {
        if (!('source' in layer) || layer.source !== 'facilities' || layer.id.startsWith('coverage-')) continue
        if (!this.ownFilters.has(layer.id)) this.ownFilters.set(layer.id, layer.filter as ExpressionSpecification | undefined)
        const own = this.ownFilters.get(layer.id)
        this.map.setFilter(layer.id, own ? ['all', own, wanted] : wanted)
      }
    })
  }

  /** Colours divisions by code and marks the facilities asked about; null takes the choropleth away. */
  showCoverage(shown: { level: string; kind: string; colours: Map<string, string> } | null): void {
    void this.whenReady().then(() => {
      const target = { source: 'divisions', sourceLayer: 'divisions' }
      for (const id of this.coverageStates) this.map.setFeatureState({ ...target, id }, { colour: null })
      this.coverageStates = new Set(shown?.colours.keys() ?? [])
      shown?.colours.forEach((colour, id) => this.map.setFeatureState({ ...target, id }, { colour }))
      for (const layer of ['coverage-areas', 'coverage-edges']) {
        if (shown) this.map.setFilter(layer, ofLevel(shown.level))
        this.map.setLayoutProperty(layer, 'visibility', shown ? 'visible' : 'none')
      }
      this.markFacilities(shown?.kind ?? null)
      this.coverageShown = shown !== null
    })
  }

  /** The layer stays once it is there: taking one away while its symbols are being placed breaks the map's frame. */
  private markFacilities(kind: string | null): void {
    if (kind === this.markedKind) return
    this.markedKind = kind
    const id = 'coverage-facilities'
    const layer = kind === null ? null : coverageFacilities(kind)
    if (layer && !this.map.getLayer(id)) this.map.addLayer(layer)
    if (layer) this.map.setFilter(id, layer.filter)
    if (layer) for (const name of ['icon-image', 'text-field'] as const) this.map.setLayoutProperty(id, name, layer.layout?.[name])
    if (this.map.getLayer(id)) this.map.setLayoutProperty(id, 'visibility', layer ? 'visible' : 'none')
  }

  highlightDivision(code: string | null): void {
    if (code === this.hoveredDivision) return
    const target = { source: 'divisions', sourceLayer: 'divisions' }
    if (this.hoveredDivision) this.map.setFeatureState({ ...target, id: this.hoveredDivision }, { hover: false })
    if (code) this.map.setFeatureState({ ...target, id: code }, { hover: true })
    this.hoveredDivision = code
  }

  /** Asks again for the tiles that a changed place touches, or for all of a source. */
  refresh(source: 'hazards' | 'facilities' | 'divisions' | 'catchments' | 'reaches' | 'ways', at?: { lon: number; lat: number }): void {
    if (!this.map.getSource(source)) return
    this.map.refreshTiles(source, at ? tilesAround(at.lon, at.lat, 0, 18) : undefined)
  }

  whenReady(): Promise<void> {
    return this.map.getLayer('pointed') ? Promise.resolve() : new Promise((done) => this.map.once('styledata', () => done()))
  }

  destroy(): void {
    this.map.remove()
  }
}

function feature(geometry: Geometry, properties: Feature['properties'] = {}): Feature {
  return { type: 'Feature', properties, geometry }
}
