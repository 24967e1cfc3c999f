let ahead: number | null = null

/**
 * Milliseconds by which this device's clock is ahead of the service's, as one answer told; 0 while none came. What says when it was sent
 * first must not lie in the service's future, or a phone whose clock is off could send nothing.
 */
export async function clockAhead(): Promise<number> {
  if (ahead !== null) return ahead
  try {
    const told = Date.parse((await fetch('/health/live', { cache: 'no-store' })).headers.get('Date') ?? '')
    if (!Number.isNaN(told)) ahead = Date.now() - told
  } catch {
    // Out of reach: what is sent next says so.
  }
  return ahead ?? 0
}
