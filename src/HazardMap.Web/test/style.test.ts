import { existsSync, readFileSync } from 'node:fs'
import { validateStyleMin, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { mergedStyle } from '../src/map/style'

const BARE: StyleSpecification = {
  version: 8,
  sources: { basemap: { type: 'vector', url: '/tiles/basemap.json' } },
  layers: [
    { id: 'land', type: 'fill', source: 'basemap', 'source-layer': 'land', paint: { 'fill-color': '#eee' } },
    { id: 'places', type: 'symbol', source: 'basemap', 'source-layer': 'places', layout: { 'text-field': ['get', 'name'], 'text-font': ['Some Font'] } },
  ],
}
const REAL = new URL('../../../tiles/basemap/style.json', import.meta.url)
const bases: [string, StyleSpecification][] = [['a bare base map', BARE]]
if (existsSync(REAL)) bases.push(['the base map that ships', JSON.parse(readFileSync(REAL, 'utf8')) as StyleSpecification])

describe.each(bases)('the map style over %s', (_, base) => {
  const style = mergedStyle(base, 'http://127.0.0.1:8080', { redWord: '红' })

  it('is valid: one invalid expression would silently stop the whole map', () => {
    expect(validateStyleMin(style)).toEqual([])
  })

  it('asks for no glyphs and no sprite, so that nothing is fetched from outside', () => {
    expect(style.glyphs).toBeUndefined()
    expect(style.sprite).toBeUndefined()
    expect(JSON.stringify(style)).not.toContain('text-font')
  })

  it('names every source by an address that a worker can fetch, on this host', () => {
    const addresses = JSON.stringify(style.sources).match(/"(?:https?:)?\/[^"]*"/g) ?? []
    for (const address of addresses) expect(address).toMatch(/^"http:\/\/127\.0\.0\.1:8080\//)
  })

  it('draws labels of the base map over the coverage and under the waters', () => {
    const order = style.layers.map((layer) => layer.id)
    const label = base.layers.find((layer) => layer.type === 'symbol')?.id
    if (label) expect(order.indexOf(label)).toBeGreaterThan(order.indexOf('coverage-areas'))
    if (label) expect(order.indexOf(label)).toBeLessThan(order.indexOf('water-points'))
  })
})
