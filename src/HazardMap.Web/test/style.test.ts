import { readFileSync } from 'node:fs'
import { validateStyleMin, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { parseDonut } from '../src/map/donut'
import { coverageFacilities } from '../src/map/coverageLayers'
import { REACH_WIDTH } from '../src/map/focusLayers'
import { MAP_LAYERS, mergedStyle } from '../src/map/style'
import { LEVEL_COLOURS } from '../src/coverage/palette'

const styleOf = (layer: string) => JSON.parse(readFileSync(new URL(`../../../tiles/${layer}/style.json`, import.meta.url), 'utf8')) as StyleSpecification
const style = mergedStyle(MAP_LAYERS.map(styleOf), 'http://127.0.0.1:8080')
const order = style.layers.map((layer) => layer.id)

describe('the map style, merged from the layers’ folders', () => {
  it('is valid: one invalid expression would silently stop the whole map', () => {
    expect(validateStyleMin(style)).toEqual([])
    expect(validateStyleMin({ ...style, layers: [...style.layers, coverageFacilities('SwimmingPool')] })).toEqual([])
  })

  it.each(['reaches', 'ways'])('has a valid folder for %s', (layer) => expect(validateStyleMin(styleOf(layer))).toEqual([]))

  it('outlines a chosen water just outside its coloured reaches', () => {
    const casing = styleOf('reaches').layers.find((layer) => layer.id === 'reaches-lines-casing')
    expect(casing?.type === 'line' && casing.paint?.['line-width']).toEqual(REACH_WIDTH)
  })

  it.each(['rivers', 'roads'])('has a valid folder for %s, which the base map draws too', (layer) => expect(validateStyleMin(styleOf(layer))).toEqual([]))

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

  it('uses the same four colours as the rest of the app', () => {
    const text = JSON.stringify(styleOf('hazards').layers)
    for (const colour of Object.values(LEVEL_COLOURS)) expect(text).toContain(colour)
  })
})

describe('the ring of a cell', () => {
  it('is named by four shares', () => expect(parseDonut('donut-1-2-5-8')).toEqual([1, 2, 5, 8]))
  it('is nothing else', () => expect(parseDonut('facility-School')).toBeNull())
})
