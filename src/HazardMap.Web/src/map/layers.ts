import type { StyleSpecification } from 'maplibre-gl'

// A layer of the map is a folder, tiles/NAME: what this app knows of it, its style.json says. tiles/README.md tells each key.

export type Bilingual = string | { zh: string; en: string }

/** A path in a square of 24 units, painted alike on the map (canvas) and in the legend (svg). */
export interface Shape {
  path: string
  fill?: string
  stroke?: string
  width?: number
  dash?: string
  offset?: number
  scale?: number
}

export interface LegendEntry {
  value: string
  label: Bilingual
  short?: Bilingual
  symbol: Shape[]
  /** Told in the list of layers only, not along the map's foot. */
  aside?: boolean
  /** Only while the rule in force is of that model. */
  under?: string
}

/** Texts with `{property}`, `{property:format}`, `{property:Enumeration}` or `{property:Enumeration|otherwise}` in them. */
export interface Tip {
  title: Bilingual
  /** Parts of one line; one with `if` is there when that property is neither absent nor 0, one with `under` under rules of that model. */
  text: (string | { zh: string; en: string; if?: string; under?: string })[]
}

/** What features of a tile's layer do; the first that fits a feature holds. */
export interface FeatureRule {
  'source-layer': string
  /** Only features that have this property. */
  has?: string
  /** Opens the row of an entity set that the feature's `id` names, or zooms in by so many levels. */
  click?: { open?: string; zoom?: number }
  tip?: Tip
}

export interface Layer {
  name: string
  /** Address of its TileJSON. */
  tiles: string
  style: StyleSpecification
  label: Bilingual
  /** always: without a switch; switched: drawn at first; asked: not a tile before somebody asks; never: for other programs. */
  shown: 'always' | 'switched' | 'asked' | 'never'
  symbol: Shape[]
  legend: LegendEntry[]
  /** The property whose legend entries are switched one by one; `source-layer`: the tile's layers are. */
  switch?: string
  strip: boolean
  /** The map image that each legend entry's symbol becomes, such as `water-{value}`. */
  image?: string
  /** Colours of the shares that images called `donut-3-0-5-8` show. */
  donut?: string[]
  features: FeatureRule[]
  /** Which changes redraw it: around the place told, or the whole layer. */
  redraw: Record<string, 'place' | 'whole'>
  /** What to say when there is nothing in it. */
  empty?: Bilingual
  /** A remark of the app's own that belongs to it (map/notes.ts). */
  note?: string
  /** While it is drawn, a selected shape is an outline as wide as this style layer's lines. */
  outline?: string
  /** Parts of other layers' styles that are pale while it is drawn. */
  pale?: string[]
}

interface Served {
  name: string
  tiles: string
  style: StyleSpecification
}

const DEFAULTS = { shown: 'switched', symbol: [], legend: [], strip: false, features: [], redraw: {} } as const

/** The layers as the service lists them, what lies lowest first. */
export function layersOf({ layers }: { layers: Served[] }): Layer[] {
  return layers.map(({ name, tiles, style }) => {
    const said = Object.entries(style.metadata ?? {}).map(([key, value]) => [key.replace(/^hazardmap:/, ''), value])
    return { label: name, ...DEFAULTS, ...Object.fromEntries(said), name, tiles, style } as Layer
  })
}

export const isDrawnAtFirst = ({ shown }: Layer) => shown === 'always' || shown === 'switched'

/** What a drawn feature does. */
export function ruleOf(layer: Layer, sourceLayer: string | undefined, properties: Record<string, unknown>): FeatureRule | undefined {
  return layer.features.find((rule) => rule['source-layer'] === sourceLayer && (!rule.has || properties[rule.has] !== undefined))
}

export function inLanguage(text: Bilingual, locale: string): string {
  return typeof text === 'string' ? text : locale === 'zh' ? text.zh : text.en
}
