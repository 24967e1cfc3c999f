import { expression, latest } from '@maplibre/maplibre-gl-style-spec'
import { describe, expect, it } from 'vitest'
import { deathsAVisit, levelOf } from '../src/risk/legend'
import { discsAt, multiplierAt, placeOf, VISIT_CLASSES, type VisitHours, type VisitMoment } from '../src/visits/hours'

const night = Array.from({ length: 24 }, () => -1)
/** On school days nobody but from 17 to 19; on holidays one way to be free in the morning, another in the afternoon. */
const known: VisitHours = {
  letters: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+,-./:;<=>?@[]^_`{|}~',
  of: { SchoolDay: night.fill(0, 17, 19), Weekend: [...night], Holiday: [...night].fill(1, 8, 12).fill(2, 12, 18) },
  months: [0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1, 0.6, 0.3, 0.1, 0.1],
  hours: Array.from({ length: 24 }, (_, hour) => (hour === 15 ? 0.5 : 0.25)),
}
/** What the layer writes of so many visits before month and hour: tiles.visits_letter. */
const letterOf = (visits: number) =>
  known.letters[visits < 1e-4 ? 0 : Math.min(known.letters.length - 1, 1 + Math.floor(4 * Math.log2(visits * 1e4)))]

function drawn(property: 'circle-color' | 'circle-radius', hours: string, moment: VisitMoment, zoom = 11): unknown {
  const paint = discsAt(known, moment)
  if (!paint) return null
  const made = expression.createExpression(paint[property], latest.paint_circle[property] as never)
  if (made.result !== 'success') throw new Error(JSON.stringify(made.value))
  const value = made.value.evaluate({ zoom }, { type: 1, properties: { hours } } as never)
  return property === 'circle-color' ? (value as { toString(): string }).toString() : value
}

describe('discs of visits', () => {
  const afternoon: VisitMoment = { kind: 'Holiday', month: 8, hour: 15 }

  it('are coloured by what month and hour make of the letter of that way to be free', () => {
    expect(multiplierAt(known, afternoon)).toBe(0.5)
    const size = (visits: number) => drawn('circle-radius', `00${letterOf(visits)}`, afternoon)
    expect([4, 1.2, 0.3, 0.06, 0.001].map(size)).toEqual([12, 12, 0.6 * 12, 0.4 * 12, 0].map((one) => expect.closeTo(one, 9)))
    expect(size(0)).toBe(0)
  })
  it('change with the hour without another letter', () => {
    const hours = `0${letterOf(0.3)}${letterOf(2)}`
    const colours = [15, 14, 10].map((hour) => drawn('circle-color', hours, { ...afternoon, hour }))
    expect(new Set(colours).size).toBe(3)
    expect(drawn('circle-radius', hours, { ...afternoon, month: 1 })).toBeNull()
  })
  it('are none at night and on days on which nobody is free', () => {
    expect(discsAt(known, { ...afternoon, hour: 3 })).toBeNull()
    expect(discsAt(known, { ...afternoon, kind: 'Weekend' })).toBeNull()
  })
  it('never promise more visits than a letter stands for', () => {
    for (const { atLeast } of VISIT_CLASSES)
      for (const by of [0.01, 0.25, 0.5, 1]) {
        const place = placeOf(atLeast, by)
        expect(by * 1e-4 * 2 ** ((place - 1) / 4)).toBeGreaterThanOrEqual(atLeast * (1 - 1e-12))
      }
    expect(placeOf(1, 0)).toBeGreaterThan(known.letters.length)
  })
  it('stay drawable where classes begin at the same letter', () => {
    const many = { ...known, hours: known.hours.map(() => 1e6) }
    const made = expression.createExpression(discsAt(many, afternoon)!['circle-radius'], latest.paint_circle['circle-radius'] as never)
    expect(made.result).toBe('success')
  })
})

describe('the legend of two axes', () => {
  const rule = { RedAtLeast: 4, OrangeAtLeast: 2, YellowAtLeast: 1 }
  it('takes what a visit costs from the register’s own waters', () => {
    const water = (RiskScore: number, Visits: number, DeadlinessRatio: number) => ({ RiskScore, Visits, DeadlinessRatio })
    expect(deathsAVisit([water(4, 2, 1), water(2.400, 1, 1), water(9, 1, 1)])).toBe(2.400)
    expect(deathsAVisit([water(0, 0, 1)])).toBeNull()
    expect(deathsAVisit([])).toBeNull()
  })
  it('grades as the rule does', () =>
    expect([4, 2, 1, 0.900].map((one) => levelOf(one, rule))).toEqual(['Red', 'Orange', 'Yellow', 'Blue']))
})
