import { COVERAGE_CLASSES, coverageColour, NO_DEMAND_COLOUR } from './palette'

/** How figures become colours, and what the legend says of it. */
export interface Scale {
  colourOf(value: number | null): string
  steps: { colour: string; label: string }[]
}

type Text = (value: number) => string

const RAMP = COVERAGE_CLASSES.map((step) => step.colour)
/** Loss in ochres, gain in the greens of coverage; the sign stands in the table too. */
const CHANGE = ['#b0601c', '#e7bd83', '#f1f1ee', '#94c4b4', '#1c6468'] as const

export function shareScale(): Scale {
  const bounds = [0, ...COVERAGE_CLASSES.map((step) => Math.min(step.below, 1))]
  return {
    colourOf: coverageColour,
    steps: COVERAGE_CLASSES.map((step, at) => ({ colour: step.colour, label: `${bounds[at]! * 100}–${bounds[at + 1]! * 100}%` })),
  }
}

/** Five classes with about as many places in each; `isWorse` puts the dark end at the small figures. */
export function quantileScale(values: readonly (number | null)[], text: Text, { smallIsDark = false } = {}): Scale {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  const colours = smallIsDark ? [...RAMP].reverse() : RAMP
  const cuts = [...new Set([1, 2, 3, 4].map((fifth) => sorted[Math.floor((fifth * sorted.length) / 5)] ?? 0))]
  const classOf = (value: number) => cuts.filter((cut) => value >= cut).length
  const bounds = [sorted[0] ?? 0, ...cuts, sorted.at(-1) ?? 0]
  return {
    colourOf: (value) => (value === null ? NO_DEMAND_COLOUR : colours[classOf(value)]!),
    steps: sorted.length
      ? bounds.slice(0, -1).map((low, at) => ({ colour: colours[at]!, label: `${text(low)}–${text(bounds[at + 1]!)}` }))
      : [],
  }
}

/** Worse, unchanged, better: the outer classes begin at half of the largest change. */
export function changeScale(changes: readonly (number | null)[], text: Text, { lessIsBetter = false } = {}): Scale {
  const most = Math.max(0, ...changes.map((change) => Math.abs(change ?? 0)))
  const tiny = most / 1000
  const colours = lessIsBetter ? [...CHANGE].reverse() : CHANGE
  const half = text(most / 2)
  return {
    colourOf: (change) =>
      change === null
        ? NO_DEMAND_COLOUR
        : colours[Math.abs(change) <= tiny ? 2 : change < -most / 2 ? 0 : change < 0 ? 1 : change <= most / 2 ? 3 : 4]!,
    steps: [`< −${half}`, `−${half}–0`, '0', `0–${half}`, `> ${half}`].map((label, at) => ({ colour: colours[at]!, label })),
  }
}
