/** A text that the service keeps in both languages at once, 中文 / English, in the reader's own; any other text as it is. */
export function inLocale(text: string, locale: string): string {
  const parts = /^(.*\p{Script=Han}.*?)\s*\/\s+([^\p{Script=Han}]+)$/u.exec(text)
  if (!parts) return text
  return locale === 'zh' ? parts[1]! : parts[2]!
}
