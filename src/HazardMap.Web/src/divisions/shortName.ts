/** A name without the places that the row names anyway: 者桑乡 那马村 小鱼塘, in 那马村委会 of 者桑乡, is 小鱼塘. */
export function shortName(name: string, place: string): string {
  const parts = name.split(' ')
  while (parts.length > 1 && place.includes(parts[0]!)) parts.shift()
  return parts.join(' ')
}
