import { describe, expect, it } from 'vitest'
import { callable } from '../src/components/phone'
import { deviceOf, wayTo } from '../src/hazard/navigation'
import { distanceMetres } from '../src/ledger/distance'

describe('a telephone number', () => {
  it('calls', () => expect(callable('0876 212-3456')).toBe('tel:08762123456'))
  it('calls abroad', () => expect(callable('+86 13800000000')).toBe('tel:+8613800000000'))
  it('whose figures are hidden does not', () => expect(callable('138****0000')).toBeNull())
})

describe('the way to a water', () => {
  const pond = [104.25, 23.37] as const
  it('is asked of the phone’s own map, latitude first', () =>
    expect(wayTo(pond, '塘', 'android')).toBe('geo:23.370000,104.250000?q=23.370000,104.250000(%E5%A1%98)'))
  it('tells a map that draws otherwise in which system the place is', () =>
    expect(wayTo(pond, '塘', 'desk')).toContain('coordinate=wgs84'))
  it('knows an iPhone, which has no geo: links', () => expect(deviceOf('Mozilla/5.0 (iPhone; …)', true)).toBe('apple'))
})

describe('a distance', () => {
  it('of a degree along the equator', () => expect(distanceMetres([104, 0], [105, 0])).toBeCloseTo(111_195, -1))
  it('to where one stands is nothing', () => expect(distanceMetres([104, 23], [104, 23])).toBe(0))
})
