/** One change somewhere in the register, as `/api/changes` tells it. */
export interface Change {
  entity: string
  id?: string
  lon?: number
  lat?: number
  many?: boolean
}

const RETRY_REFUSED_MS = 30_000

/** Listens to the service's changes until stopped; the browser reconnects by itself, a refused stream is asked again later. */
export function listenToChanges(onChange: (change: Change) => void, onReconnect: () => void): () => void {
  let source: EventSource | null = null
  let timer = 0
  let wasOpen = false

  const open = () => {
    source = new EventSource('/api/changes')
    source.addEventListener('open', () => {
      if (wasOpen) onReconnect() // something may have happened meanwhile
      wasOpen = true
    })
    source.addEventListener('changed', (event) => onChange(JSON.parse((event as MessageEvent<string>).data) as Change))
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return
      timer = window.setTimeout(open, RETRY_REFUSED_MS)
    })
  }
  open()
  return () => {
    window.clearTimeout(timer)
    source?.close()
  }
}
