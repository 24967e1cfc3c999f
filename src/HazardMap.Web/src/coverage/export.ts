import type { DissolvedArea, DivisionResult, GapResult } from '../api/coverage'
import type { CoverageRun } from '../api/model'

type Cell = string | number | boolean | null

/** What a reader must know of a run, on every row of its exports: how it was measured and from which inputs. */
const runColumns = (run: CoverageRun) => ({
  distance: run.Distance,
  unit: run.Unit,
  bands: run.Bands,
  run: run.Id,
  inputs_hash: run.InputsHash,
})

export function divisionsCsv(run: CoverageRun, divisions: readonly DivisionResult[]): string {
  return csv(
    divisions.map((one) => ({
      code: one.Code,
      name: one.Name,
      demand: one.Demand,
      covered: one.Covered,
      share: one.Share,
      nearest_p50: one.NearestP50,
      nearest_p90: one.NearestP90,
      nearest_max: one.NearestMax,
      supplies: one.Supplies,
      capacity: one.Capacity,
      provider_ratio: one.ProviderRatio,
      two_step: one.TwoStep,
      stepped: one.Stepped,
      gaussian: one.Gaussian,
      three_step: one.ThreeStep,
      ...runColumns(run),
    })),
  )
}

export function gapsGeoJson(run: CoverageRun, gaps: readonly GapResult[]): string {
  return collection(
    gaps.map((gap) => ({
      type: 'Feature',
      geometry: gap.Location,
      properties: {
        code: gap.Code,
        name: gap.Name,
        division_code: gap.DivisionCode,
        demand: gap.Demand,
        nearest: gap.NearestCost,
        off_network: gap.IsOffNetwork,
        ...runColumns(run),
      },
    })),
  )
}

export function gapsCsv(run: CoverageRun, gaps: readonly GapResult[]): string {
  return csv(
    gaps.map((gap) => ({
      code: gap.Code,
      name: gap.Name,
      division_code: gap.DivisionCode,
      demand: gap.Demand,
      nearest: gap.NearestCost,
      longitude: gap.Location.coordinates[0],
      latitude: gap.Location.coordinates[1],
      off_network: gap.IsOffNetwork,
      ...runColumns(run),
    })),
  )
}

export function areasGeoJson(run: CoverageRun, areas: readonly DissolvedArea[]): string {
  return collection(
    areas.map((area) => ({
      type: 'Feature',
      geometry: area.Area!,
      properties: {
        band: area.Band,
        square_metres: area.SquareMetres,
        error_metres: area.ErrorMetres,
        demand: area.Demand,
        ...runColumns(run),
      },
    })),
  )
}

/** With a byte order mark, so that Excel reads Chinese; a cell that begins like a formula is made harmless. */
export function csv(rows: readonly Record<string, Cell>[]): string {
  if (rows.length === 0) return '\uFEFF'
  const lines = [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))]
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

function cell(value: Cell): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

const collection = (features: GeoJSON.Feature[]) =>
  JSON.stringify({ type: 'FeatureCollection', features } satisfies GeoJSON.FeatureCollection)

export function download(name: string, text: string, type: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
