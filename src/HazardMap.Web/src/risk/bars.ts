/** A bar that can be chosen. */
export interface Bar {
  key: number
  value: number
  /** Below it; empty: nothing. */
  mark: string
  /** To who cannot see how high it is. */
  told: string
  isOff?: boolean
}

/** January first. */
export function monthBars(values: readonly number[], told: (month: number, value: number) => string): Bar[] {
  return values.map((value, at) => ({ key: at + 1, value, mark: String(at + 1), told: told(at + 1, value) }))
}

/** From midnight; every third hour has its number. */
export function hourBars(values: readonly number[], told: (hour: number, value: number) => string): Bar[] {
  return values.map((value, hour) => ({ key: hour, value, mark: hour % 3 === 0 ? String(hour) : '', told: told(hour, value) }))
}
