import { describe, expect, it } from 'vitest'
import { placesOf } from '../src/divisions/places'
import { rowOf, type HazardRow } from '../src/ledger/row'
import { matching, NO_FILTERS, sorted } from '../src/ledger/selecting'

const places = placesOf([
  { Code: '5326', Name: '文山州', Level: 'Prefecture', ParentCode: null },
  { Code: '532601', Name: '文山市', Level: 'County', ParentCode: '5326' },
  { Code: '532601102', Name: '德厚镇', Level: 'Township', ParentCode: '532601' },
])

const water = (Code: string, changes: Partial<HazardRow> = {}): HazardRow => ({
  Id: Code,
  Code,
  Name: `水域${Code}`,
  Kind: 'Pond',
  Location: { type: 'Point', coordinates: [104, 23] },
  DivisionCode: '532601102',
  Access: 'Open',
  HasSign: true,
  HasRing: false,
  HasRope: false,
  HasPole: true,
  Status: 'Active',
  RiskScore: 1,
  RiskLevel: 'Blue',
  OtherLevel: null,
  Deadliness: null,
  ...changes,
})
const rows = [
  water('a', { RiskLevel: 'Blue', RiskScore: 5 }),
  water('b', { RiskLevel: 'Red', RiskScore: 300, Name: '盘龙河', Kind: 'River' }),
  water('c', { RiskLevel: null, RiskScore: null, Location: { type: 'Point', coordinates: [105, 23] } }),
  water('d', { RiskLevel: 'Red', RiskScore: 400 }),
].map((hazard) => rowOf(hazard, places))
const ids = (found: { id: string }[]) => found.map((row) => row.id).join('')

describe('a ledger row', () => {
  it('knows its county and its place by name', () => expect([rows[0]!.county, rows[0]!.place]).toEqual(['532601', '德厚镇']))
  it('keeps the mark of the most deadly class, whatever the level', () => {
    const deadly = [water('e', { Deadliness: 'IV' }), water('f', { Deadliness: 'III' }), water('g')]
    expect(deadly.map((hazard) => rowOf(hazard, places).isMostDeadly)).toEqual([true, false, false])
  })
  it('counts what is missing of the four ones', () => expect(rows[0]!.onesMissing).toBe(2))
})

describe('sorting', () => {
  it('by level puts the worst first, ties by score, unscored last', () =>
    expect(ids(sorted(rows, { column: 'level', descending: false }, 'zh'))).toBe('dbac'))
  it('by score descending', () => expect(ids(sorted(rows, { column: 'score', descending: true }, 'zh'))).toBe('dbac'))
  it('by distance puts the nearest first', () =>
    expect(ids(sorted(rows, { column: 'distance', descending: false }, 'zh', [105.1, 23])).startsWith('c')).toBe(true))
  it('does not touch what it was given', () => {
    sorted(rows, { column: 'score', descending: true }, 'zh')
    expect(ids(rows)).toBe('abcd')
  })
})

describe('filtering', () => {
  it('matches every word in name, code or place', () => {
    expect(ids(matching(rows, { ...NO_FILTERS, text: '盘龙 德厚' }, null))).toBe('b')
    expect(ids(matching(rows, { ...NO_FILTERS, text: '盘龙 昆明' }, null))).toBe('')
  })
  it('by kind, level and county', () => {
    expect(ids(matching(rows, { ...NO_FILTERS, kind: 'River' }, null))).toBe('b')
    expect(ids(matching(rows, { ...NO_FILTERS, level: 'Red' }, null))).toBe('bd')
    expect(ids(matching(rows, { ...NO_FILTERS, county: '532622' }, null))).toBe('')
  })
  it('keeps what lies in view', () => expect(ids(matching(rows, NO_FILTERS, { west: 104.5, south: 22, east: 106, north: 24 }))).toBe('c'))
})

describe('places of somebody who sees one township', () => {
  const township = placesOf([
    { Code: '532601102', Name: '德厚镇', Level: 'Township', ParentCode: '532601' },
    { Code: '532601102001', Name: '水结村', Level: 'Village', ParentCode: '532601102' },
  ])

  it('begin with the township', () => {
    expect(township.counties.map((place) => place.Name)).toEqual(['德厚镇'])
    expect(township.countyOf('532601102001')).toBe('532601102')
  })
})
