import type { ExpressionSpecification } from 'maplibre-gl'
import type { DayKind } from '../api/model'

/** What the layer of visits says of itself: which of a feature's letters an hour is, and what month and hour multiply. */
export interface VisitHours {
  /** A letter's place counts quarters of doublings from one visit in ten thousand; the first is nobody. */
  letters: string
  /** For each hour of a kind of day the place of its letter; -1: nobody comes. */
  of: Record<DayKind, number[]>
  /** January first. */
  months: number[]
  /** From midnight. */
  hours: number[]
}

export interface VisitMoment {
  kind: DayKind
  /** January is 1. */
  month: number
  hour: number
}

/** Visits in an hour from which on a disc has that colour and size; what is less is not drawn. */
export const VISIT_CLASSES = [
  { atLeast: 0.01, colour: '#d6c3e6', size: 0.4, every: null },
  { atLeast: 0.05, colour: '#b083cd', size: 0.6, every: 20 },
  { atLeast: 0.2, colour: '#7d3fa3', size: 0.8, every: 5 },
  { atLeast: 0.5, colour: '#43106b', size: 1, every: 2 },
] as const

const LEAST_VISITS = 1e-4
const NOBODY = 1e9

/** The first place among the letters that stands for so many visits or more, when each is multiplied by `by`. */
export function placeOf(visits: number, by: number): number {
  return by > 0 ? Math.max(1, Math.ceil(1 + 4 * Math.log2(visits / (by * LEAST_VISITS)))) : NOBODY
}

/** What month and hour make of the visits that a letter says. */
export const multiplierAt = ({ months, hours }: VisitHours, { month, hour }: VisitMoment) => months[month - 1]! * hours[hour]!

export const NO_DISCS = { 'circle-radius': 0, 'circle-stroke-width': 0 }

/** Paint of the discs at an hour; null: nobody comes anywhere. */
export function discsAt(known: VisitHours, moment: VisitMoment): Record<string, ExpressionSpecification> | null {
  const letter = known.of[moment.kind][moment.hour]!
  const by = multiplierAt(known, moment)
  if (letter < 0 || !(by > 0)) return null
  const place = ['index-of', ['slice', ['get', 'hours'], letter, letter + 1], known.letters]
  const steps = <T>(of: (one: (typeof VISIT_CLASSES)[number]) => T, none: T) =>
    ['step', place, none, ...rising(VISIT_CLASSES.flatMap((one) => [[placeOf(one.atLeast, by), of(one)] as [number, T]]))]
  const radius = (pixels: number) => steps(({ size }) => size * pixels, 0)
  return {
    'circle-color': steps(({ colour }) => colour, 'rgba(0,0,0,0)'),
    'circle-stroke-width': steps(() => 0.7, 0),
    'circle-radius': ['interpolate', ['linear'], ['zoom'], 7, radius(6), 11, radius(12), 15, radius(26)],
  } as unknown as Record<string, ExpressionSpecification>
}

/** Steps must rise: of classes that begin at the same letter the highest holds. */
function rising<T>(steps: [number, T][]): (number | T)[] {
  return steps.filter(([at], one) => steps[one + 1]?.[0] !== at).flat()
}
