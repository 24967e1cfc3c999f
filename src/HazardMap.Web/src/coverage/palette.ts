/** Coverage classes, least covered first: one hue, even steps of lightness, told apart without colour vision. */
export const COVERAGE_CLASSES = [
  { below: 0.2, colour: '#f6efe0' },
  { below: 0.4, colour: '#cfe0d0' },
  { below: 0.6, colour: '#94c4b4' },
  { below: 0.8, colour: '#4a9a92' },
  { below: Infinity, colour: '#1c6468' },
] as const

export const NO_DEMAND_COLOUR = '#d5d9db'

export function coverageColour(share: number | null): string {
  if (share === null) return NO_DEMAND_COLOUR
  return COVERAGE_CLASSES.find((step) => share < step.below)!.colour
}
