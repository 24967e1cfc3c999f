import type { Geometry, Position } from 'geojson'

const METRES_PER_DEGREE = 111_320
const EARTH_METRES = 6_371_008.8

/** A circle on the sphere: for drawing, not for measuring. */
export function circle([longitude, latitude]: Position, metres: number, steps = 96): Geometry {
  const angular = metres / EARTH_METRES
  const phi = rad(latitude!)
  const ring = Array.from({ length: steps + 1 }, (_, index): Position => {
    const bearing = (2 * Math.PI * index) / steps
    const phi2 = Math.asin(Math.sin(phi) * Math.cos(angular) + Math.cos(phi) * Math.sin(angular) * Math.cos(bearing))
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(angular) * Math.cos(phi),
      Math.cos(angular) - Math.sin(phi) * Math.sin(phi2),
    )
    return [longitude! + deg(turn), deg(phi2)]
  })
  return { type: 'Polygon', coordinates: [ring] }
}

export type Box = [west: number, south: number, east: number, north: number]

export function boxOf(geometry: Geometry): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  const visit = (part: unknown): void => {
    if (!Array.isArray(part)) return
    if (typeof part[0] === 'number') {
      box[0] = Math.min(box[0], part[0])
      box[1] = Math.min(box[1], part[1])
      box[2] = Math.max(box[2], part[0])
      box[3] = Math.max(box[3], part[1])
    } else part.forEach(visit)
  }
  if (geometry.type === 'GeometryCollection') geometry.geometries.forEach((part) => visit((part as { coordinates?: unknown }).coordinates))
  else visit(geometry.coordinates)
  return box
}

/** The zoom at which a box of this size fits a map of that many pixels, between two limits. */
export function zoomFor(box: Box, pixels: number, least: number, most: number): number {
  const middle = rad((box[1] + box[3]) / 2)
  const metres = Math.max((box[2] - box[0]) * Math.cos(middle), box[3] - box[1]) * METRES_PER_DEGREE
  const perPixel = Math.max(metres, 1) / pixels
  const zoom = Math.log2((78_271.517 * Math.cos(middle)) / perPixel)
  return Math.min(most, Math.max(least, zoom))
}

/** The tiles (of every zoom) that a point touches, with the neighbours a drawn symbol may reach into. */
export function tilesAround(longitude: number, latitude: number, leastZoom: number, mostZoom: number) {
  const tiles: { x: number; y: number; z: number }[] = []
  for (let z = leastZoom; z <= mostZoom; z++) {
    const size = 2 ** z
    const x = ((longitude + 180) / 360) * size
    const y = ((1 - Math.asinh(Math.tan(rad(latitude))) / Math.PI) / 2) * size
    for (const dx of neighboursOf(x)) for (const dy of neighboursOf(y)) tiles.push({ x: Math.floor(x) + dx, y: Math.floor(y) + dy, z })
  }
  return tiles.filter(({ x, y, z }) => x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z)
}

const BUFFER = 1 / 16

function neighboursOf(value: number): number[] {
  const part = value - Math.floor(value)
  return [0, ...(part < BUFFER ? [-1] : []), ...(part > 1 - BUFFER ? [1] : [])]
}

const rad = (degrees: number) => (degrees * Math.PI) / 180
const deg = (radians: number) => (radians * 180) / Math.PI
