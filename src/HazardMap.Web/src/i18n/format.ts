/** Numbers, distances and dates as a reader of either language expects them. */
export interface Formats {
  integer(value: number): string
  score(value: number | null): string
  multiplier(value: number): string
  /**
   * Of people, visits or deaths that are expected: no more digits than a reader should trust, but as many as it takes not to seem to
   * reach a bound that is not reached.
   */
  expected(value: number, bounds?: readonly number[]): string
  share(value: number | null): string
  metres(value: number | null): string
  /** A distance that somebody has laid down, such as 3 km. */
  distance(value: number | null): string
  /** Three digits that count. */
  decimal(value: number | null): string
  day(iso: string | null): string
  moment(iso: string | null): string
  /** January is 1. */
  month(month: number): string
  hour(hour: number): string
}

export const NOTHING = '—'

export function formatsFor(locale: string): Formats {
  const tag = locale === 'zh' ? 'zh-CN' : 'en-GB'
  const integers = new Intl.NumberFormat(tag, { maximumFractionDigits: 0 })
  const significant = new Intl.NumberFormat(tag, { maximumSignificantDigits: 3 })
  const oneDigit = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const twoDigits = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const days = new Intl.DateTimeFormat(tag, { year: 'numeric', month: '2-digit', day: '2-digit' })
  const months = new Intl.DateTimeFormat(tag, { month: 'long', timeZone: 'UTC' })
  const moments = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' })

  return {
    integer: (value) => integers.format(value),
    score: (value) => (value === null ? NOTHING : scoreText(value)),
    multiplier: (value) => `×${significant.format(value)}`,
    expected: (value, bounds = []) => expectedText(value, bounds),
    share: (value) => (value === null ? NOTHING : percent.format(value)),
    metres: (value) => (value === null ? NOTHING : distanceText(value)),
    distance: (value) => (value === null ? NOTHING : roundDistance(value)),
    decimal: (value) => (value === null ? NOTHING : significant.format(value)),
    day: (iso) => (iso ? days.format(new Date(iso)) : NOTHING),
    moment: (iso) => (iso ? moments.format(new Date(iso)) : NOTHING),
    month: (month) => (locale === 'zh' ? `${month} 月` : months.format(Date.UTC(2026, month - 1, 15))),
    hour: (hour) => (locale === 'zh' ? `${hour} 时` : `${String(hour).padStart(2, '0')}:00`),
  }

  function expectedText(value: number, bounds: readonly number[]): string {
    if (value > 0 && value < 0.01) return '<0.01'
    if (value >= 10) return integers.format(value)
    for (let digits = 2; digits <= 6; digits++) {
      const told = Number(value.toPrecision(digits))
      if (!bounds.some((bound) => value < bound && told >= bound))
        return new Intl.NumberFormat(tag, { maximumSignificantDigits: digits }).format(value)
    }
    return String(value)
  }

  function scoreText(value: number): string {
    if (value === 0) return '0'
    if (value < 0.01) return '<0.01'
    if (value >= 1000) return integers.format(value)
    return value >= 100 ? oneDigit.format(value) : twoDigits.format(value)
  }

  function roundDistance(value: number): string {
    const [amount, unit] = value < 1000 ? [value, ['m', '米']] : [value / 1000, ['km', '公里']]
    return `${significant.format(amount)} ${locale === 'zh' ? unit[1] : unit[0]}`
  }

  function distanceText(value: number): string {
    return value < 1000 ? `${integers.format(value)} m` : `${twoDigits.format(value / 1000)} km`
  }
}
