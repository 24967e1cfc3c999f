import { afterEach, describe, expect, it, vi } from 'vitest'
import { RISK_LEVELS, type RiskFactor, type TripPlace, type TripWhen } from '../src/api/model'
import { factorLabel, factorValue, type Reader } from '../src/risk/factors'
import { hourBars } from '../src/risk/bars'
import { formatsFor } from '../src/i18n/format'
import { zh } from '../src/i18n/zh'
import { displacedBy } from '../src/risk/risk'
import { areHomesRough, groupsOf, instantIn, levelsOf, nearHomes, peakOf, triedBy, unstated } from '../src/risk/trips'

afterEach(() => vi.unstubAllGlobals())

const place = (Kind: string, DistanceMetres: number, Children: number, Visits = 1): TripPlace =>
  ({
    Kind, Id: Kind + DistanceMetres, Name: null, Longitude: 104, Latitude: 23, DistanceMetres, Children, Visits, Share: 0.1, Competing: 4,
  })
const factor = (Name: string, Value: string, Multiplier: number): RiskFactor =>
  ({ Name, Value, Multiplier, Source: 's', Sureness: 'low', SourceZh: null })

describe('a level that is not held firmly', () => {
  it('is told with its neighbour, the graver first', () => {
    expect(levelsOf('Orange', { OtherLevel: 'Red' })).toEqual(['Red', 'Orange'])
    expect(levelsOf('Red', { OtherLevel: 'Orange' })).toEqual(['Red', 'Orange'])
    expect(RISK_LEVELS[0]).toBe('Red')
  })
  it('is one where it is held', () => expect(levelsOf('Blue', { OtherLevel: null })).toEqual(['Blue']))
})

describe('who comes', () => {
  it('counts homes within 600 m, not the pupils of a school, who live somewhere', () => {
    const Places = [place('Place', 400, 120), place('Building', 600, 94), place('Place', 601, 50), place('Facility', 100, 800)]
    expect(nearHomes({ Places, PlaceCount: 4 })).toEqual({ places: 2, children: 214, isAtLeast: false })
    expect(nearHomes({ Places, PlaceCount: 60 }).isAtLeast).toBe(true)
  })
  it('is rough where most visits come from centres of villages', () => {
    expect(areHomesRough({ Places: [place('Centre', 500, 90, 3), place('Place', 500, 90, 2)] })).toBe(true)
    expect(areHomesRough({ Places: [place('Centre', 500, 90, 2), place('Place', 500, 90, 3), place('Facility', 5, 90, 9)] })).toBe(false)
    expect(areHomesRough({ Places: [] })).toBe(false)
  })
})

describe('when they come', () => {
  const quiet = Array.from({ length: 24 }, () => 0)
  const when: TripWhen = {
    UtcOffsetMinutes: 480,
    PeakMonth: 8,
    Months: Array.from({ length: 12 }, (_, at) =>
      ({ Month: at + 1, Multiplier: 1, SchoolDay: at === 7 ? null : '2026-05-15', Weekend: '2026-08-15', Holiday: '2026-08-14' })),
    Days: [
      { Kind: 'SchoolDay', Visits: quiet.with(17, 2) },
      { Kind: 'Weekend', Visits: quiet.with(14, 3) },
      { Kind: 'Holiday', Visits: quiet.with(15, 5) },
    ],
  }

  it('is told by the hour of the kind of day that most come at', () => {
    expect(peakOf(when)).toEqual({ kind: 'Holiday', hour: 15, visits: 5, from: 15, to: 16 })
    expect(peakOf({ ...when, Days: [{ Kind: 'Weekend', Visits: quiet }] })).toBeNull()
    expect(peakOf({ ...when, Days: [{ Kind: 'SchoolDay', Visits: quiet.with(17, 9) }] })).toBeNull() // August has none
  })
  it('is told as all the hours in which nearly as many come, of a holiday where a weekend is the same', () => {
    const afternoon = quiet.with(11, 2).with(12, 4).with(13, 5).with(14, 5).with(15, 5).with(16, 4.500).with(17, 3)
    const Days = [{ Kind: 'Weekend' as const, Visits: afternoon }, { Kind: 'Holiday' as const, Visits: afternoon }]
    expect(peakOf({ ...when, Days })).toEqual({ kind: 'Holiday', hour: 14, visits: 5, from: 12, to: 17 })
  })
  it('is asked on a day of the calendar, by the rule’s own clock', () => {
    expect(instantIn(when, 8, 'Holiday', 15)).toBe('2026-08-14T07:00:00Z')
    expect(instantIn(when, 8, 'Holiday', 3)).toBe('2026-08-13T19:00:00Z')
  })
  it('is not asked on a school day of a month that has none', () => expect(instantIn(when, 8, 'SchoolDay', 15)).toBeNull())
  it('has a bar an hour, every third with its number', () => {
    const bars = hourBars(quiet, (hour) => String(hour))
    expect(bars).toHaveLength(24)
    expect(bars.filter(({ mark }) => mark).map(({ mark }) => mark)).toEqual(['0', '3', '6', '9', '12', '15', '18', '21'])
  })
})

describe('factors of a rule of trips', () => {
  const factors = [
    factor('deadliness.depth', 'unknown', 0.95), factor('attraction.kind', 'Pond', 0.8), factor('attraction.depth', 'unknown', 0.5),
    factor('deadliness1To4.bank', 'Steep', 1.2), factor('attraction1To4.kind', 'Pond', 1),
  ]

  it('are grouped into what draws children and what kills them, each by its own name', () => {
    expect(groupsOf(factors).map(({ name, factors: own, product }) => [name, own.map((one) => one.Name), product])).toEqual([
      ['attraction', ['kind', 'depth'], 0.4], ['deadliness', ['depth'], 0.95], ['attraction1To4', ['kind'], 1],
      ['deadliness1To4', ['bank'], 1.2],
    ])
  })
  it('stay one group under the other rules', () => {
    expect(groupsOf([factor('kind', 'Pond', 1), factor('depth', '2 m', 2)]).map(({ name, factors: own }) => [name, own.length])).toEqual([
      [null, 2],
    ])
    expect(groupsOf([])).toEqual([])
  })
  it('name what nobody has stated, once', () => {
    expect(unstated(factors).map(({ Name }) => Name)).toEqual(['depth'])
    expect(unstated([factor('depth', 'unknown', 1)])).toEqual([])
  })
  it('have words a clerk understands', () => {
    const t = (key: string, named: Record<string, unknown> = {}) => {
      const text = key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)?.[part], zh) as string
      return text.replace(/\{(\w+)\}/g, (_, name: string) => String(named[name]))
    }
    const te = (key: string) => key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)?.[part], zh) !== undefined
    const reader: Reader = { locale: 'zh', t, te, formats: formatsFor('zh') }
    const words = (one: RiskFactor) => [factorLabel(one, reader), factorValue(one, reader)]
    expect(words(factor('fenceUpkeep', '200 d', 1))).toEqual(['围栏检查', '200 天前'])
    expect(words(factor('fenceUpkeep', 'never', 1))).toEqual(['围栏检查', '从未检查'])
    expect(words(factor('rescue', 'ring, rope, pole', 0.88))).toEqual(['救生器材合计', '有'])
    expect(words(factor('notice', 'present', 2))).toEqual(['汛情或放水', '有'])
    expect(words(factor('depth', 'unknown', 0.95))).toEqual(['水深', '未填'])
  })
})

describe('where the trips go', () => {
  it('is asked with what the measure would change', async () => {
    const asked: string[] = []
    const Displaced = { Own: -61, All: -29, Others: [{ HazardId: 'b', Name: 'X', Visits: 32 }] }
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(decodeURIComponent(url))
      return Response.json({ Displaced })
    })
    expect(await displacedBy('a', triedBy('Fence')!)).toEqual(Displaced)
    expect(asked).toEqual(["/odata/Hazards(a)/HazardMap.WhatIf(Access='Fenced')"])
  })
  it('is not asked for a measure that this version does not know', () => expect(triedBy('Drain')).toBeUndefined())
})

describe('a number that is expected', () => {
  it('has no more digits than a reader should trust', () => {
    const { expected } = formatsFor('en')
    expect([0, 0.004, 0.123, 3.456, 12.34, 123.4, 3474].map((one) => expected(one)))
      .toEqual(['0', '<0.01', '0.12', '3.5', '12', '123', '3,474'])
  })
  it('has more where it would seem to reach a bound that it does not reach: 3.99 is orange, 4 is red', () => {
    const { expected } = formatsFor('en')
    expect([3.994, 3.9996, 4, 1.98, 3.94].map((one) => expected(one, [4, 2, 1]))).toEqual(['3.99', '3.9996', '4', '1.98', '3.9'])
  })
})
