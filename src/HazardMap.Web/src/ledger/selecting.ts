import { distanceMetres } from './distance'
import type { LedgerRow } from './row'

export type Column = 'level' | 'name' | 'kind' | 'place' | 'ones' | 'score' | 'distance'

/** Where somebody stands: longitude, latitude. */
export type Here = readonly [number, number]

export interface Sorting {
  column: Column
  descending: boolean
}

export interface Filters {
  text: string
  kind: string
  level: string
  county: string
  status: string
}

export interface Bounds {
  west: number
  south: number
  east: number
  north: number
}

export const NO_FILTERS: Filters = { text: '', kind: '', level: '', county: '', status: '' }

const VALUES: Record<Column, (row: LedgerRow, here: Here | null) => string | number> = {
  level: (row) => row.levelRank,
  name: (row) => row.name,
  kind: (row) => row.kind,
  place: (row) => row.division,
  ones: (row) => row.onesMissing,
  score: (row) => row.score ?? -1,
  distance: (row, here) => (here ? distanceMetres(here, [row.longitude, row.latitude]) : 0),
}

/** A sorted copy; equal rows stay worst first, then by code, so that an order is always the same order. */
export function sorted(
  rows: readonly LedgerRow[], { column, descending }: Sorting, locale: string, here: Here | null = null,
): LedgerRow[] {
  const collator = new Intl.Collator(locale === 'zh' ? 'zh-CN' : 'en', { numeric: true })
  const sign = descending ? -1 : 1
  const value = VALUES[column]
  return rows
    .map((row) => ({ row, key: value(row, here) }))
    .sort((a, b) => {
      const order =
        typeof a.key === 'number' ? a.key - (b.key as number) : a.key === b.key ? 0 : collator.compare(a.key, b.key as string)
      return order * sign || (b.row.score ?? -1) - (a.row.score ?? -1) || (a.row.code < b.row.code ? -1 : 1)
    })
    .map((entry) => entry.row)
}

export function matching(rows: readonly LedgerRow[], filters: Filters, within: Bounds | null): LedgerRow[] {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(
    (row) =>
      (!filters.kind || row.kind === filters.kind) &&
      (!filters.level || row.level === filters.level) &&
      (!filters.county || row.county === filters.county) &&
      (!filters.status || row.status === filters.status) &&
      words.every((word) => row.search.includes(word)) &&
      (!within || inside(row, within)),
  )
}

function inside(row: LedgerRow, box: Bounds): boolean {
  return row.longitude >= box.west && row.longitude <= box.east && row.latitude >= box.south && row.latitude <= box.north
}
