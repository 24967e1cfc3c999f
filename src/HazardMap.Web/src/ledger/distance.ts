const EARTH_METRES = 6_371_008.8
const rad = (degrees: number) => (degrees * Math.PI) / 180

/** Along the sphere, which is right to half a percent: to sort by, and to tell a walker. */
export function distanceMetres([lon1, lat1]: readonly [number, number], [lon2, lat2]: readonly [number, number]): number {
  const half = (degrees: number) => Math.sin(rad(degrees) / 2) ** 2
  const chord = half(lat2 - lat1) + Math.cos(rad(lat1)) * Math.cos(rad(lat2)) * half(lon2 - lon1)
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord)))
}
