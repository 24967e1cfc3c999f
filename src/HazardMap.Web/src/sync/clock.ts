/** How far the service's clock is ahead of the device's: a phone's clock may be a year off. Kept, for times without a network. */
const STORED = 'hazardmap.clock'

let aheadMs = Number(stored()) || 0

function stored(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}

/** The service told its time (`Date`). */
export function tellTime(date: string | null): void {
  const told = date ? Date.parse(date) : NaN
  if (Number.isNaN(told)) return
  // The header knows seconds only.
  if (Math.abs(told - Date.now() - aheadMs) < 3000) return
  aheadMs = told - Date.now()
  try {
    localStorage.setItem(STORED, String(aheadMs))
  } catch {
    // measured again at the next answer
  }
}

/** A moment of the device's clock as the service's clock has it, as an HTTP date. */
export function asServiceTime(moment: string): string {
  return new Date(Date.parse(moment) + aheadMs).toUTCString()
}

/** Whether the device's clock is off by more than a quarter of an hour. */
export function isClockWrong(): boolean {
  return Math.abs(aheadMs) > 900_000
}
