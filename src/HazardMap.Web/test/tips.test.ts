import { describe, expect, it } from 'vitest'
import { formatsFor } from '../src/i18n/format'
import { ruleOf, type Layer } from '../src/map/layers'
import { tipOf } from '../src/map/tips'

const english = { locale: 'en', formats: formatsFor('en') }
const chinese = { locale: 'zh', formats: formatsFor('zh') }
const water = { title: '{name}', text: [{ zh: '{level:RiskLevel|未评}', en: '{level:RiskLevel|Not scored}' }, '{kind:HazardKind}'] }
const cell = {
  title: { zh: '{count:integer} 处', en: '{count:integer} waters' },
  text: [{ if: 'red', zh: '红 {red:integer}', en: '{red:integer} red' }, 'zoom'],
}

describe('a tip', () => {
  it('puts in what a feature holds, words in the reader’s language', () => {
    expect(tipOf(water, { name: '塘', level: 'Red', kind: 'Pond' }, chinese)).toEqual({ title: '塘', text: '红 · 坑塘' })
  })
  it('says what to say instead of a word that is not there', () => {
    expect(tipOf(water, { name: '塘', level: null, kind: 'Pond' }, english).text).toMatch(/^Not scored · /)
  })
  it('shows a word that this version does not know as it is', () => {
    expect(tipOf(water, { name: 'x', level: 'Purple', kind: 'Geyser' }, english).text).toBe('Purple · Geyser')
  })
  it('says deaths under rules of trips alone: other scores have no unit', () => {
    const tip = { title: '{name}', text: [{ if: 'score', under: 'Trips', zh: '{score:expected} 人', en: '{score:expected} deaths' }, 'x'] }
    expect(tipOf(tip, { name: 'w', score: 12.345 }, { ...english, model: 'Trips' }).text).toBe('12 deaths · x')
    expect(tipOf(tip, { name: 'w', score: 12.345 }, { ...english, model: 'Proximity' }).text).toBe('x')
    expect(tipOf(tip, { name: 'w', score: 12.345 }, english).text).toBe('x')
  })
  it('leaves a part out whose count is 0 or absent', () => {
    expect(tipOf(cell, { count: 12_000, red: 3 }, english)).toEqual({ title: '12,000 waters', text: '3 red · zoom' })
    expect(tipOf(cell, { count: 7, red: 0 }, english).text).toBe('zoom')
    expect(tipOf(cell, { count: 7 }, english).text).toBe('zoom')
  })
})

describe('what a feature does', () => {
  const layer = {
    features: [
      { 'source-layer': 'hazards', has: 'count', click: { zoom: 2 } },
      { 'source-layer': 'hazards', click: { open: 'Hazards' } },
    ],
  } as Layer

  it('is what the first rule says that fits', () => {
    expect(ruleOf(layer, 'hazards', { count: 2 })?.click).toEqual({ zoom: 2 })
    expect(ruleOf(layer, 'hazards', { id: 'a' })?.click).toEqual({ open: 'Hazards' })
  })
  it('is nothing where no rule fits', () => expect(ruleOf(layer, 'hazard_shapes', {})).toBeUndefined())
})
