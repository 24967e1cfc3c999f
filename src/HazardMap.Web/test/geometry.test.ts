import { describe, expect, it } from 'vitest'
import { boxOf, circle, tilesAround, zoomFor } from '../src/map/geometry'

describe('geometry for drawing', () => {
  it('draws a reach that is as wide as it says', () => {
    const [west, south, east, north] = boxOf(circle([104.2, 23.4], 3000))
    expect(((north - south) / 2) * 111_195).toBeCloseTo(3000, -1)
    expect(((east - west) / 2) * 111_195 * Math.cos((23.4 * Math.PI) / 180)).toBeCloseTo(3000, -1)
  })

  it('boxes every part of a shape', () => {
    expect(boxOf({ type: 'MultiLineString', coordinates: [[[1, 2], [3, 4]], [[-1, 9], [0, 0]]] })).toEqual([-1, 0, 3, 9])
  })

  it('zooms to what fits, within limits', () => {
    expect(zoomFor([104, 23, 104, 23], 500, 8, 14)).toBe(14)
    expect(zoomFor([97, 21, 106, 29], 500, 8, 14)).toBe(8)
  })

  it('names one tile a zoom, and the neighbour when the place is at its edge', () => {
    expect(tilesAround(0.1, 0.1, 1, 1)).toHaveLength(4)
    expect(tilesAround(45, 40, 1, 1)).toEqual([{ x: 1, y: 0, z: 1 }])
  })
})
