import { describe, expect, it } from 'vitest'
import { arithmeticOf } from '../src/hazard/arithmetic'
import { changesOf, conflictsOf, type Draft } from '../src/hazard/draft'
import type { Explanation } from '../src/register/words'

const before: Draft = {
  Name: '塘', Status: 'Active', Access: 'Open', DepthMetres: 2, Flow: 'Still', Bank: null,
  HasSign: true, HasRing: false, HasRope: false, HasPole: false, HasCamera: false, OwnerUnit: '村委会',
}

describe('an edit', () => {
  it('sends only what differs', () => expect(changesOf(before, { ...before, HasRing: true })).toEqual({ HasRing: true }))
  it('sends nothing for blanks around a text', () => expect(changesOf(before, { ...before, OwnerUnit: ' 村委会 ' })).toEqual({}))
  it('sends null for an emptied field', () => {
    expect(changesOf(before, { ...before, OwnerUnit: '', DepthMetres: undefined as never })).toEqual({ OwnerUnit: null, DepthMetres: null })
  })
  it('that met another names the fields in dispute, not those both agree on', () => {
    expect(conflictsOf({ ...before, HasRing: true, Access: 'Fenced' }, { HasRing: true, Access: 'Restricted' })).toEqual([{ field: 'Access', now: 'Fenced', yours: 'Restricted' }])
  })
})

describe('an explanation worked out again', () => {
  it('is the sum of exposures times the product of factors', () => {
    const explanation = { Exposures: [{ Exposure: 3 }, { Exposure: 4 }], Factors: [{ Multiplier: 0.5 }, { Multiplier: 1.2 }] } as Explanation
    expect(arithmeticOf(explanation)).toEqual({ exposure: 7, product: 0.6, total: 7 * 0.6 })
  })
})
