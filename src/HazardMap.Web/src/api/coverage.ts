import type { GeoPoint } from '../register/words'
import { call, getJson } from './http'
import { all, pages, urlOf } from './odata'
import type { CoverageLevel } from './service'

export type StudyMode = 'Straight' | 'Walk' | 'Drive'
export type StudyUnit = 'Metres' | 'Minutes'
export type StudyDemand = 'Pupils' | 'Children' | 'Elders' | 'Points' | 'Facilities'
export type StudyState = 'Queued' | 'Running' | 'Done' | 'Failed' | 'Cancelled'

/** What a coverage run is asked. */
export interface StudyOrder {
  Name: string | null
  Kind: string
  Mode: StudyMode
  Unit: StudyUnit
  /** Rising limits, such as '1000 3000 5000'; the last is the threshold. */
  Bands: string
  Weights: string | null
  Demand: StudyDemand
  DemandKinds: string | null
  IncludePlanned: boolean
}

/** A coverage run: the order, how far it is, and what it came to. */
export interface StudyRun extends StudyOrder {
  Id: string
  State: StudyState
  Progress: number
  RequestedAt: string
  RequestedBy: string
  Error: string | null
  Distance: 'geodesic' | 'walk' | 'drive' | null
  Notes: string | null
  InputsHash: string | null
  RoadRevision: number | null
  DemandPoints: number | null
  DemandTotal: number | null
  Covered: number | null
  Share: number | null
  Supplies: number | null
  Capacity: number | null
  DemandOffNetwork: number | null
  DemandOnIslands: number | null
}

export interface DivisionResult {
  Code: string
  Name: string
  Demand: number
  Points: number
  Covered: number
  Share: number | null
  NearestP50: number | null
  NearestP90: number | null
  NearestMax: number | null
  Supplies: number | null
  Capacity: number | null
  ProviderRatio: number | null
  TwoStep: number | null
  Stepped: number | null
  Gaussian: number | null
  ThreeStep: number | null
}

export interface GapResult {
  Id: string
  Code: string
  Name: string
  DivisionCode: string
  Demand: number
  NearestCost: number | null
  Location: GeoPoint
  IsOffNetwork: boolean
}

export interface HistogramBin {
  /** Whole bins from 0; null where no facility can be reached at all. */
  Bin: number | null
  People: number
  Points: number
}

export interface BandResult {
  Band: number
  Covered: number
  Share: number | null
}

export interface CatchmentArea {
  Code: string | null
  Name: string | null
  Band: number
  Distance: string
  ErrorMetres: number
  SquareMetres: number
  Demand: number
  Area?: GeoJSON.MultiPolygon
}

const RUN_SET = 'CoverageRuns'
const DIVISION_COLUMNS = [
  'Code', 'Name', 'Demand', 'Points', 'Covered', 'Share', 'NearestP50', 'NearestP90', 'NearestMax', 'Supplies', 'Capacity',
  'ProviderRatio', 'TwoStep', 'Stepped', 'Gaussian', 'ThreeStep',
] as const
const GAP_COLUMNS = ['Id', 'Code', 'Name', 'DivisionCode', 'Demand', 'NearestCost', 'Location', 'IsOffNetwork'] as const

/** Whether ways can be measured along roads at all. */
export async function roadsLoaded(signal?: AbortSignal): Promise<{ walk: boolean; drive: boolean }> {
  const roads = await getJson<{ walk: { edges: number }; drive: { edges: number } }>('/api/roads', { signal })
  return { walk: roads.walk.edges > 0, drive: roads.drive.edges > 0 }
}

export async function latestRuns(most: number): Promise<StudyRun[]> {
  return (await getJson<{ value: StudyRun[] }>(urlOf(RUN_SET, { orderBy: 'RequestedAt desc', top: most }))).value
}

export function readRun(id: string): Promise<StudyRun> {
  return getJson<StudyRun>(urlOf(`${RUN_SET}(${id})`))
}

export function startRun(order: StudyOrder): Promise<StudyRun> {
  return getJson<StudyRun>(urlOf(RUN_SET), { method: 'POST', body: order })
}

export async function cancelRun(id: string): Promise<void> {
  await call(urlOf(`${RUN_SET}(${id})/HazardMap.Cancel`), { method: 'POST' })
}

/** The layer of catchments shows this run from now on. */
export async function showRun(id: string): Promise<void> {
  await call(urlOf(`${RUN_SET}(${id})/HazardMap.Show`), { method: 'POST' })
}

export function divisionResults(run: string, level: CoverageLevel, signal?: AbortSignal): Promise<DivisionResult[]> {
  return all('CoverageResults', { select: DIVISION_COLUMNS, filter: `RunId eq ${run} and Place eq 'Division' and Level eq '${level}'` }, signal)
}

/** Whom the run leaves out, most people first: the first page, and how many there are. */
export async function gapResults(run: string, most: number, signal?: AbortSignal): Promise<{ gaps: GapResult[]; total: number }> {
  const query = { select: GAP_COLUMNS, filter: leftOut(run), orderBy: 'Demand desc', top: most, count: true }
  for await (const page of pages<GapResult>('CoverageResults', query, most, signal)) return { gaps: page.value, total: page['@odata.count'] ?? page.value.length }
  return { gaps: [], total: 0 }
}

export function allGaps(run: string): Promise<GapResult[]> {
  return all('CoverageResults', { select: GAP_COLUMNS, filter: leftOut(run), orderBy: 'Demand desc' })
}

/** People by the way to their nearest facility, counted by the service in bins of one width. */
export async function nearestHistogram(run: string, width: number, signal?: AbortSignal): Promise<HistogramBin[]> {
  const steps = `filter(RunId eq ${run} and Place eq 'DemandPoint')/compute(floor(NearestCost div ${width}) as Bin)/groupby((Bin),aggregate(Demand with sum as People,$count as Points))`
  return (await getJson<{ value: HistogramBin[] }>(`/odata/CoverageResults?$apply=${encodeURIComponent(steps)}`, { signal })).value
}

export function bandResults(run: string, signal?: AbortSignal): Promise<BandResult[]> {
  return all('CoverageBands', { select: ['Band', 'Covered', 'Share'], filter: `RunId eq ${run} and Place eq 'Everywhere'`, orderBy: 'Band' }, signal)
}

/** The dissolved areas of the bands; their outlines only when they are wanted, they are large. */
export function dissolvedAreas(run: string, outlines: boolean, signal?: AbortSignal): Promise<CatchmentArea[]> {
  const select = ['Code', 'Name', 'Band', 'Distance', 'ErrorMetres', 'SquareMetres', 'Demand', ...(outlines ? ['Area'] : [])]
  return all('CatchmentAreas', { select, filter: `RunId eq ${run} and FacilityId eq null`, orderBy: 'Band' }, signal)
}

const leftOut = (run: string) => `RunId eq ${run} and Place eq 'DemandPoint' and IsCovered eq false and Demand gt 0`
