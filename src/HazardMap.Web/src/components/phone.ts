/** `tel:…`, or null where figures are hidden or it is no number at all. */
export function callable(number: string): string | null {
  return /^\+?[\d\s()-]{5,}$/.test(number.trim()) ? `tel:${number.replace(/[^\d+]/g, '')}` : null
}
