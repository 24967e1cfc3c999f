/** Where a way to a place may be asked: the phone's own app, or a map in the browser. */
export type Device = 'android' | 'apple' | 'desk'

/** A link that leads to a place. Positions are of WGS 84; a map that draws otherwise is told so. */
export function wayTo([longitude, latitude]: readonly [number, number], name: string, device: Device): string {
  const [lon, lat] = [longitude.toFixed(6), latitude.toFixed(6)]
  const called = encodeURIComponent(name)
  if (device === 'apple') return `https://maps.apple.com/?daddr=${lat},${lon}&q=${called}`
  if (device === 'android') return `geo:${lat},${lon}?q=${lat},${lon}(${called})`
  return `https://uri.amap.com/marker?position=${lon},${lat}&name=${called}&coordinate=wgs84`
}

export function deviceOf(userAgent: string, isCoarse: boolean): Device {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'apple'
  return isCoarse ? 'android' : 'desk'
}
