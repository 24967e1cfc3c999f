import { readFileSync } from 'node:fs'
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { parseDonut } from '../src/map/donut'
import { coverageFacilities } from '../src/map/coverageLayers'
import { layersOf, type Layer } from '../src/map/layers'
import { mergedStyle } from '../src/map/style'
import { RISK_LEVEL_WORDS } from '../src/api/model'

// Made by the build: the layers as the service sends them, with the register's words put in (build/model.mjs).
const layers = layersOf(JSON.parse(readFileSync(new URL('../generated/layers.json', import.meta.url), 'utf8')))
const layerOf = (name: string) => layers.find((layer) => layer.name === name)!
const style = mergedStyle(layers, 'http://127.0.0.1:8080')
const order = style.layers.map((layer) => layer.id)
const visibilityOf = (id: string) => style.layers.find((layer) => layer.id === id)?.layout?.visibility

/** A folder that somebody drops in: it says nothing of itself but its name and one way to be drawn. */
const scratch: Layer = layersOf({
  layers: [{
    name: 'bridges', tiles: '/tiles/bridges.json',
    style: {
      version: 8, metadata: { 'hazardmap:shown': 'asked' }, sources: { bridges: { type: 'vector', url: '/tiles/bridges.json' } },
      layers: [{ id: 'bridges', type: 'circle', source: 'bridges', 'source-layer': 'bridges' }],
    },
  }],
})[0]!

describe('the map style, merged from the layers’ folders', () => {
  it('is valid: one invalid expression would silently stop the whole map', () => {
    expect(validateStyleMin(style)).toEqual([])
    expect(validateStyleMin({ ...style, layers: [...style.layers, coverageFacilities('SwimmingPool')] })).toEqual([])
  })

  it.each(layers)('has a valid folder for $name, on the map or not', (layer) => expect(validateStyleMin(layer.style)).toEqual([]))

  it('leaves no word of the register to be put in', () => expect(JSON.stringify(layers)).not.toMatch(/"\$\w+Of"/))

  it('names every layer once', () => expect(new Set(order).size).toBe(order.length))

  it('asks for no glyphs and no sprite, so that nothing is fetched from outside', () => {
    expect(style.glyphs).toBeUndefined()
    expect(style.sprite).toBeUndefined()
  })

  it('names every source by an address that a worker can fetch, on this host', () => {
    const addresses = JSON.stringify(style.sources).match(/"(?:https?:)?\/[^"]*"/g) ?? []
    expect(addresses.length).toBeGreaterThan(0)
    for (const address of addresses) expect(address).toMatch(/^"http:\/\/127\.0\.0\.1:8080\//)
  })

  it('draws coverage under every label, and waters over everything but what is in focus', () => {
    const firstLabel = style.layers.findIndex((layer) => layer.type === 'symbol')
    expect(order.indexOf('coverage-areas')).toBeLessThan(firstLabel)
    expect(order.indexOf('hazards-points')).toBeGreaterThan(firstLabel)
    expect(order.indexOf('hazards-points')).toBeLessThan(order.indexOf('selected-halo'))
  })

  it('hides what must be asked for, and knows nothing of what is never drawn', () => {
    expect(['ways', 'reaches-lines', 'catchments'].map(visibilityOf)).toEqual(['none', 'none', 'none'])
    expect(visibilityOf('hazards-points')).toBeUndefined()
    expect(order).not.toContain('roads')
  })

  it('takes in a folder that it has never heard of', () => {
    const more = mergedStyle([...layers, scratch], '')
    expect(validateStyleMin(more)).toEqual([])
    expect(more.layers.find((layer) => layer.id === 'bridges')?.layout?.visibility).toBe('none')
    expect([scratch.label, scratch.features, scratch.redraw]).toEqual(['bridges', [], {}])
  })
})

describe('what a folder says of its layer', () => {
  it.each(layers)('names $name in both languages', ({ label }) => expect(label).toEqual({ zh: expect.any(String), en: expect.any(String) }))

  it('colours waters as the register colours their levels', () => {
    const text = JSON.stringify(layerOf('hazards').style.layers)
    for (const { colour } of Object.values(RISK_LEVEL_WORDS)) expect(text).toContain(colour)
  })

  it('outlines a selected water as wide as a line that there is', () => {
    const { outline, style: drawn } = layerOf('reaches')
    expect(drawn.layers.find((layer) => layer.id === outline)).toMatchObject({ type: 'line', paint: { 'line-width': expect.anything() } })
  })

  it('speaks of tile layers that its style draws, in features, switches and images', () => {
    for (const layer of layers) {
      const drawn = layer.style.layers.map((part) => ('source-layer' in part ? part['source-layer'] : ''))
      for (const rule of layer.features) expect(drawn, layer.name).toContain(rule['source-layer'])
      if (layer.switch === 'source-layer') for (const { value } of layer.legend) expect(drawn).toContain(value)
      if (layer.image) expect(JSON.stringify(layer.style.layers)).toContain(layer.image.split('{')[0])
    }
  })
})

describe('the ring of a cell', () => {
  it('is named by its shares', () => expect(parseDonut('donut-1-2-5-8')).toEqual([1, 2, 5, 8]))
  it('is nothing else', () => expect(parseDonut('facility-School')).toBeNull())
})
