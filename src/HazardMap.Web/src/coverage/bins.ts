import type { HistogramBin } from '../api/coverage'

export interface Bar {
  from: number
  to: number
  people: number
  points: number
  isCovered: boolean
}

const BARS_WITHIN = 10
const BARS_AT_MOST = 24

/** A bin is a tenth of the threshold, so that the threshold lies between two bars. */
export const binWidth = (threshold: number) => threshold / BARS_WITHIN

/** Bars from 0 on, empty ones too; what lies beyond the last is counted in it. Who reaches nothing stands beside. */
export function barsOf(bins: readonly HistogramBin[], threshold: number): { bars: Bar[]; unreached: number } {
  const width = binWidth(threshold)
  const reached = bins.filter((bin) => bin.Bin !== null)
  const last = Math.min(Math.max(BARS_WITHIN, ...reached.map((bin) => bin.Bin! + 1)), BARS_AT_MOST)
  const bars = Array.from({ length: last }, (_, at): Bar => ({
    from: at * width,
    to: (at + 1) * width,
    people: 0,
    points: 0,
    isCovered: at < BARS_WITHIN,
  }))
  for (const bin of reached) {
    const bar = bars[Math.min(bin.Bin!, last - 1)]!
    bar.people += bin.People
    bar.points += bin.Points
    if (bin.Bin! >= last) bar.to = Infinity
  }
  return { bars, unreached: bins.filter((bin) => bin.Bin === null).reduce((sum, bin) => sum + bin.People, 0) }
}
