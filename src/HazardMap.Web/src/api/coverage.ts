import { call, getJson } from './http'
import { all, pages, urlOf } from './odata'
import type { CatchmentArea, CoverageResult, CoverageRun, GeoPoint } from './model'
import type { CoverageLevel } from './service'

/** What a coverage run is asked. */
export type CoverageOrder = Pick<
  CoverageRun, 'Name' | 'Kind' | 'Mode' | 'Unit' | 'Bands' | 'Weights' | 'Demand' | 'DemandKinds' | 'IncludePlanned'
>

const DIVISION_COLUMNS = [
  'Code', 'Name', 'Demand', 'Points', 'Covered', 'Share', 'NearestP50', 'NearestP90', 'NearestMax', 'Supplies', 'Capacity',
  'ProviderRatio', 'TwoStep', 'Stepped', 'Gaussian', 'ThreeStep',
] as const satisfies readonly (keyof CoverageResult)[]
export type DivisionResult = Pick<CoverageResult, (typeof DIVISION_COLUMNS)[number]>

const GAP_COLUMNS = [
  'Id', 'Code', 'Name', 'DivisionCode', 'Demand', 'NearestCost', 'Location', 'IsOffNetwork',
] as const satisfies readonly (keyof CoverageResult)[]
/** A demand point stands somewhere. */
export type GapResult = Pick<CoverageResult, (typeof GAP_COLUMNS)[number]> & { Location: GeoPoint }

const AREA_COLUMNS = [
  'Code', 'Name', 'Band', 'Distance', 'ErrorMetres', 'SquareMetres', 'Demand',
] as const satisfies readonly (keyof CatchmentArea)[]
export type DissolvedArea = Pick<CatchmentArea, (typeof AREA_COLUMNS)[number]> & Partial<Pick<CatchmentArea, 'Area'>>

export interface HistogramBin {
  /** Whole bins from 0; null where no facility can be reached at all. */
  Bin: number | null
  People: number
  Points: number
}

/** The parts of a text that lists several, as `Bands` and `DemandKinds` of a run do. */
export function partsOf(list: string | null): string[] {
  return list?.split(/[\s,;]+/).filter(Boolean) ?? []
}

const RUN_SET = 'CoverageRuns'

/** Whether ways can be measured along roads at all. */
export async function roadsLoaded(signal?: AbortSignal): Promise<{ walk: boolean; drive: boolean }> {
  const roads = await getJson<{ walk: { edges: number }; drive: { edges: number } }>('/api/roads', { signal })
  return { walk: roads.walk.edges > 0, drive: roads.drive.edges > 0 }
}

export async function latestRuns(most: number): Promise<CoverageRun[]> {
  return (await getJson<{ value: CoverageRun[] }>(urlOf(RUN_SET, { orderBy: 'RequestedAt desc', top: most }))).value
}

export function readRun(id: string): Promise<CoverageRun> {
  return getJson<CoverageRun>(urlOf(`${RUN_SET}(${id})`))
}

export function startRun(order: CoverageOrder): Promise<CoverageRun> {
  return getJson<CoverageRun>(urlOf(RUN_SET), { method: 'POST', body: order })
}

export async function cancelRun(id: string): Promise<void> {
  await call(urlOf(`${RUN_SET}(${id})/HazardMap.Cancel`), { method: 'POST' })
}

/** The layer of catchments shows this run from now on. */
export async function showRun(id: string): Promise<void> {
  await call(urlOf(`${RUN_SET}(${id})/HazardMap.Show`), { method: 'POST' })
}

export function divisionResults(run: string, level: CoverageLevel, signal?: AbortSignal): Promise<DivisionResult[]> {
  const filter = `RunId eq ${run} and Place eq 'Division' and Level eq '${level}'`
  return all('CoverageResults', { select: DIVISION_COLUMNS, filter }, signal)
}

/** Whom the run leaves out, most people first: the first page, and how many there are. */
export async function gapResults(run: string, most: number, signal?: AbortSignal): Promise<{ gaps: GapResult[]; total: number }> {
  const query = { select: GAP_COLUMNS, filter: leftOut(run), orderBy: 'Demand desc', top: most, count: true }
  for await (const page of pages<GapResult>('CoverageResults', query, most, signal)) {
    return { gaps: page.value, total: page['@odata.count'] ?? page.value.length }
  }
  return { gaps: [], total: 0 }
}

export function allGaps(run: string): Promise<GapResult[]> {
  return all('CoverageResults', { select: GAP_COLUMNS, filter: leftOut(run), orderBy: 'Demand desc' })
}

/** People by the way to their nearest facility, counted by the service in bins of one width. */
export async function nearestHistogram(run: string, width: number, signal?: AbortSignal): Promise<HistogramBin[]> {
  const steps = [
    `filter(RunId eq ${run} and Place eq 'DemandPoint')`,
    `compute(floor(NearestCost div ${width}) as Bin)`,
    'groupby((Bin),aggregate(Demand with sum as People,$count as Points))',
  ].join('/')
  return (await getJson<{ value: HistogramBin[] }>(`/odata/CoverageResults?$apply=${encodeURIComponent(steps)}`, { signal })).value
}

/** The dissolved areas of the bands; their outlines only when they are wanted, they are large. */
export function dissolvedAreas(run: string, outlines: boolean, signal?: AbortSignal): Promise<DissolvedArea[]> {
  const select = [...AREA_COLUMNS, ...(outlines ? ['Area'] : [])]
  return all('CatchmentAreas', { select, filter: `RunId eq ${run} and FacilityId eq null`, orderBy: 'Band' }, signal)
}

const leftOut = (run: string) => `RunId eq ${run} and Place eq 'DemandPoint' and IsCovered eq false and Demand gt 0`
