import {
  GeolocateControl, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl,
  type EaseToOptions, type ExpressionSpecification, type GeoJSONSource, type LayerSpecification, type MapGeoJSONFeature,
  type StyleSpecification,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Feature, Geometry, Position } from 'geojson'
import type { Bounds } from '../ledger/selecting'
import { CoverageOnMap } from './coverageOnMap'
import { boxOf, circle, tilesAround, zoomFor, type Box } from './geometry'
import { CUTOFF_LAYERS } from './focusLayers'
import { addIcons } from './icons'
import { ruleOf, type FeatureRule, type Layer } from './layers'

setWorkerUrl(workerUrl)

const HIT_PIXELS = 6
/** How a symbol is told that something else is in focus. */
const PALE = 0.14
const OPACITIES: Partial<Record<LayerSpecification['type'], string[]>> = {
  symbol: ['icon-opacity', 'text-opacity'],
  circle: ['circle-opacity', 'circle-stroke-opacity'],
}
/** Near enough to see a water among its neighbours, far enough for the circle around it. */
const CLOSE_ZOOM = 13

/** What lies under the pointer: a feature of a layer, or a division coloured by coverage (no tip of a layer's). */
export interface Hovered {
  x: number
  y: number
  tip: FeatureRule['tip'] | null
  properties: Record<string, unknown>
}

interface Hit {
  feature: MapGeoJSONFeature
  rule: FeatureRule
}

export interface MapEvents {
  onView(bounds: Bounds, zoom: number): void
  /** A row of an entity set was clicked on. */
  /** Somebody wants to see an entity of a set: by its id, or by its code where the tile leaves ids out. */
  onOpen(set: string, which: { id?: string; code?: string }): void
  onHover(hovered: Hovered | null): void
  /** The reader's own position, and again whenever it moves. */
  onLocated(longitude: number, latitude: number): void
  onFailure(message: string): void
}

/** The one place that speaks to MapLibre. Everything else says what should be seen. */
export class MapController {
  readonly map: MapLibre
  private readonly calm = window.matchMedia('(prefers-reduced-motion: reduce)')
  readonly coverage: CoverageOnMap

  constructor(
    container: HTMLElement, style: StyleSpecification, private readonly layers: readonly Layer[],
    extent: Box | null, locale: Record<string, string>, private readonly events: MapEvents,
  ) {
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
    if (matchMedia('(pointer: coarse)').matches) this.addLocating()
    this.map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left')
    this.coverage = new CoverageOnMap(this.map, () => this.whenReady())
    this.listen()
  }

  private addLocating(): void {
    const control = new GeolocateControl({ trackUserLocation: true })
    control.on('geolocate', ({ coords }) => this.events.onLocated(coords.longitude, coords.latitude))
    this.map.addControl(control, 'top-left')
  }

  private listen(): void {
    const { map } = this
    addIcons(map, this.layers)
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

  /** What is drawn at a place on the screen and does something, topmost first. */
  private hitsAt(x: number, y: number, pixels: number): Hit[] {
    const drawn = this.map.queryRenderedFeatures([[x - pixels, y - pixels], [x + pixels, y + pixels]])
    return drawn.flatMap((feature) => {
      const layer = feature.layer.id.startsWith('coverage-') ? undefined : this.layers.find(({ name }) => name === feature.source)
      const rule = layer && ruleOf(layer, feature.sourceLayer, feature.properties)
      return rule ? [{ feature, rule }] : []
    })
  }

  /** What opens something goes before what only zooms in. */
  private clicked(hits: Hit[]): void {
    const opening = hits.find(({ rule }) => rule.click?.open)
    const zooming = hits.find(({ rule }) => rule.click?.zoom)
    if (opening) this.events.onOpen(opening.rule.click!.open!, opening.feature.properties)
    else if (zooming) this.zoomInto(zooming)
  }

  private zoomInto({ feature, rule }: Hit): void {
    const box = boxOf(feature.geometry)
    this.move({ center: [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], zoom: Math.min(this.map.getZoom() + rule.click!.zoom!, 10) })
  }

  private hover(x: number, y: number): void {
    const hits = x < 0 ? [] : this.hitsAt(x, y, 2)
    this.map.getCanvas().style.cursor = hits.some(({ rule }) => rule.click) ? 'pointer' : ''
    const first = hits.find(({ rule }) => rule.tip)
    const division = first || x < 0 ? undefined : this.coverage.divisionAt(x, y)
    this.coverage.highlight(division ? String(division.properties.code) : null)
    if (first) this.events.onHover({ x, y, tip: first.rule.tip, properties: first.feature.properties })
    else this.events.onHover(division ? { x, y, tip: null, properties: division.properties } : null)
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

  /** Draws a circle, or none. */
  surround(location: Position | null, metres: number | null): void {
    this.setData('cutoff', location && metres ? [feature(circle(location, metres))] : [])
  }

  pointAt(location: Position | null): void {
    this.setData('pointed', location ? [feature({ type: 'Point', coordinates: location })] : [])
  }

  private setData(source: string, features: Feature[]): void {
    void this.whenReady().then(() => this.map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features }))
  }

  /** Draws a layer or takes it away; `off` are entries of its legend that are left out. */
  showLayer(layer: Layer, isShown: boolean, off: readonly string[]): void {
    void this.whenReady().then(() => {
      for (const part of layer.style.layers) {
        const sourceLayer = 'source-layer' in part ? String(part['source-layer']) : ''
        const isOff = layer.switch === 'source-layer' && off.includes(sourceLayer)
        this.map.setLayoutProperty(part.id, 'visibility', isShown && !isOff ? 'visible' : 'none')
        if (layer.switch && layer.switch !== 'source-layer' && 'source' in part) this.leaveOut(part, layer.switch, off)
      }
      const from = Math.min(...layer.style.layers.map(({ minzoom }) => minzoom ?? 0))
      for (const id of layer.pale ?? []) this.makePale(id, isShown, from)
      if (layer.outline) this.outlineSelection(isShown ? layer.style.layers.find(({ id }) => id === layer.outline) : undefined)
    })
  }

  /** What its style filters anyway, without the features that hold one of these values. */
  private leaveOut(part: LayerSpecification, property: string, off: readonly string[]): void {
    const own = ('filter' in part ? part.filter : undefined) as ExpressionSpecification | undefined
    const rest: ExpressionSpecification = ['!', ['in', ['get', property], ['literal', [...off]]]]
    this.map.setFilter(part.id, off.length === 0 ? own : own ? ['all', own, rest] : rest)
  }

  /** From the zoom on at which something else is drawn instead. */
  private makePale(id: string, isPale: boolean, from: number): void {
    const part = this.layers.flatMap(({ style }) => style.layers).find((one) => one.id === id)
    for (const name of part ? OPACITIES[part.type] ?? [] : []) {
      const own = (part!.paint as Record<string, unknown> | undefined)?.[name]
      this.map.setPaintProperty(id, name as never, (isPale ? ['step', ['zoom'], own ?? 1, from, PALE] : own) as never)
    }
  }

  private outlineSelection(around: LayerSpecification | undefined): void {
    const width = around?.type === 'line' ? around.paint?.['line-width'] : undefined
    this.map.setLayoutProperty('selected-area', 'visibility', width ? 'none' : 'visible')
    this.map.setPaintProperty('selected-edge', 'line-gap-width', width ?? 0)
  }

  /** Draws a layer's parts otherwise than their style says. */
  paint(layer: Layer, paint: Record<string, unknown>): void {
    void this.whenReady().then(() => {
      for (const { id } of layer.style.layers)
        for (const [name, value] of Object.entries(paint)) this.map.setPaintProperty(id, name as never, value as never)
    })
  }

  showCutoff(isShown: boolean): void {
    void this.whenReady().then(() => {
      for (const id of CUTOFF_LAYERS) this.map.setLayoutProperty(id, 'visibility', isShown ? 'visible' : 'none')
    })
  }

  /** Asks again for the tiles that a changed place touches, or for all of a source. */
  refresh(source: string, at?: { lon: number; lat: number }): void {
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
