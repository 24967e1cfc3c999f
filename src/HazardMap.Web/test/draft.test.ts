import { describe, expect, it } from 'vitest'
import { HAZARD_FIELDS, type Hazard, type RiskExplanation } from '../src/api/model'
import { arithmeticOf, cited } from '../src/risk/arithmetic'
import { changesOf, draftOf, merge, type Draft } from '../src/hazard/draft'
import { FACTS, FORM } from '../src/hazard/form'

const before: Draft = {
  Name: '塘',
  Status: 'Active',
  Access: 'Open',
  DepthMetres: 2,
  Flow: 'Still',
  Bank: null,
  HasSign: true,
  HasRing: false,
  HasRope: false,
  HasPole: false,
  HasCamera: false,
  OwnerUnit: '村委会',
}

describe('an edit', () => {
  it('sends only what differs', () => expect(changesOf(before, { ...before, HasRing: true })).toEqual({ HasRing: true }))
  it('sends nothing for blanks around a text', () => expect(changesOf(before, { ...before, OwnerUnit: ' 村委会 ' })).toEqual({}))
  it('sends null for an emptied field', () => {
    expect(changesOf(before, { ...before, OwnerUnit: '', DepthMetres: undefined as never })).toEqual({ OwnerUnit: null, DepthMetres: null })
  })
  it('is no edit where one moment is written in another way', () => {
    const at = { LastInspectedAt: '2026-07-01T04:00:00Z' }
    expect(changesOf(at, { LastInspectedAt: '2026-07-01T12:00:00+08:00' })).toEqual({})
  })
})

describe('an edit that met another', () => {
  const meet = (theirs: Draft, mine: Draft) => merge(before, { ...before, ...theirs }, mine)

  it('goes through where nobody else changed the field, and what the other changed is no matter of dispute', () =>
    expect(meet({ DepthMetres: 3 }, { HasRing: true })).toEqual({ changes: { HasRing: true }, conflicts: [] }))
  it('shows all three values of a field that both changed', () =>
    expect(meet({ Access: 'Fenced' }, { Access: 'Restricted', HasRing: true })).toEqual({
      changes: { HasRing: true },
      conflicts: [{ name: 'Access', base: 'Open', theirs: 'Fenced', mine: 'Restricted' }],
    }))
  it('has nothing left to say of equal edits', () =>
    expect(meet({ HasRing: true }, { HasRing: true })).toEqual({ changes: {}, conflicts: [] }))
  it('tells an emptied field from an untouched one', () =>
    expect(meet({ OwnerUnit: '水务站' }, { OwnerUnit: null }).conflicts).toEqual([
      { name: 'OwnerUnit', base: '村委会', theirs: '水务站', mine: null },
    ]))
})

describe('the form about a water', () => {
  it('asks everything that may be changed and is not drawn, each once', () => {
    const writable = Object.entries(HAZARD_FIELDS)
      .filter(([, field]) => 'writable' in field && field.kind !== 'geometry')
      .map(([name]) => name)
    expect(FORM.map(([name]) => name).sort()).toEqual(writable.sort())
    expect(Object.keys(draftOf({} as Hazard)).sort()).toEqual(writable.sort())
  })
  it('keeps the order of an inspection, whatever the register adds after it', () => {
    const names = FORM.map(([name]) => name)
    const placed = ['Name', 'Status', 'DepthMetres', 'HasSign', 'OwnerUnit'] as const
    expect(names[0]).toBe('Name')
    expect(names.filter((name) => (placed as readonly string[]).includes(name))).toEqual(placed)
  })
  it('leaves to the facts what is shown nowhere else', () => {
    for (const name of ['Kind', 'DivisionCode', 'DepthMetres', 'Source', 'Version']) expect(FACTS.map(([one]) => one)).toContain(name)
    for (const name of ['Id', 'Shape', 'HasSign']) expect(FACTS.map(([one]) => one)).not.toContain(name)
  })
})

const factor = (Name: string, Multiplier: number, Source: string) => ({
  Name,
  Value: null,
  Multiplier,
  Source,
  Sureness: 'low',
  SourceZh: null as string | null,
})

describe('an explanation worked out again', () => {
  it('is exposures times factors, and its shares add up', () => {
    const explanation = {
      Exposures: [
        { Exposure: 3, Contribution: 1.8 },
        { Exposure: 4, Contribution: 2.4 },
      ],
      Factors: [factor('a', 0.5, 's'), factor('b', 1.2, 's')],
    }
    expect(arithmeticOf(explanation as RiskExplanation)).toEqual({ exposure: 7, product: 0.6, total: 4.2 })
  })

  it('tells a source once, and what matters most first', () => {
    const { factors, sources } = cited([factor('a', 1, 'x'), factor('b', 0.27, 'y'), factor('c', 1.3, 'x')])
    expect(factors.map((one) => [one.Name, one.note])).toEqual([
      ['b', 1],
      ['c', 2],
      ['a', 2],
    ])
    expect(sources.map((source) => source.text)).toEqual(['y', 'x'])
    const bilingual = [{ ...factor('a', 1, 'x'), SourceZh: '来源' }, factor('b', 2, 'y')]
    expect(cited(bilingual, 'zh').sources.map((source) => source.text)).toEqual([
      'y',
      '来源',
    ])
  })
})
