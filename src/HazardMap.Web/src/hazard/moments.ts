/** An instant as `<input type="datetime-local">` wants it, in the reader's own time. */
export function toLocal(iso: string | null | undefined): string {
  if (!iso) return ''
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** What was typed there as an instant; null when nothing was. */
export function fromLocal(local: string): string | null {
  return local ? new Date(local).toISOString().replace('.000Z', 'Z') : null
}
