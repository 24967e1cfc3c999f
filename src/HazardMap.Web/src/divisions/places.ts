import type { Division } from '../api/model'

/** What is read of each division. */
export const PLACE_PROPERTIES = ['Code', 'Name', 'Level', 'ParentCode'] as const satisfies readonly (keyof Division)[]
export type Place = Pick<Division, (typeof PLACE_PROPERTIES)[number]>

/** Names of divisions, and which county each lies in. */
export interface Places {
  /** The counties; for whom sees none, because his area is smaller, the outermost of what he sees. */
  counties: Place[]
  nameOf(code: string): string
  /** Township and village: what tells one water from another inside its county. */
  placeOf(code: string): string
  /** The whole way down: county, township, village. */
  pathOf(code: string): string
  countyOf(code: string): string
}

export function placesOf(divisions: Place[]): Places {
  const byCode = new Map(divisions.map((division) => [division.Code, division]))

  const upwards = (code: string): Place[] => {
    const path: Place[] = []
    let at = byCode.get(code)
    while (at && path.length < 8) {
      path.unshift(at)
      at = at.ParentCode ? byCode.get(at.ParentCode) : undefined
    }
    return path
  }
  const below = (code: string, levels: string[]) =>
    upwards(code).filter((division) => levels.includes(division.Level)).map((division) => division.Name).join(' ')

  const whole = divisions.filter((division) => division.Level === 'County')
  const outermost = divisions.filter((division) => !division.ParentCode || !byCode.has(division.ParentCode))

  return {
    counties: (whole.length > 0 ? whole : outermost).sort((a, b) => a.Code.localeCompare(b.Code)),
    nameOf: (code) => byCode.get(code)?.Name ?? code,
    placeOf: (code) => below(code, ['Township', 'Village']) || byCode.get(code)?.Name || code,
    pathOf: (code) => below(code, ['County', 'Township', 'Village']) || byCode.get(code)?.Name || code,
    countyOf: (code) => (whole.length > 0 ? upwards(code).find((division) => division.Level === 'County') : upwards(code)[0])?.Code ?? '',
  }
}
