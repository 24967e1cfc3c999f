import { uuidV7 } from './entry'

const STORED = 'hazardmap.device'
let made: string | null = null

/** Names this browser on this device, for as long as it keeps anything. */
export function deviceId(): string {
  if (made) return made
  try {
    made = localStorage.getItem(STORED)
    if (!made) localStorage.setItem(STORED, (made = uuidV7()))
  } catch {
    made ??= uuidV7()
  }
  return made
}
