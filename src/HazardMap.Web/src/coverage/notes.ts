const CHINESE = /[\u3000-\u9fff\uff00-\uffef]/

/** Notes come a line each, in English and then in Chinese: the reader's half of each. */
export function notesIn(notes: string | null, locale: string): string[] {
  return (notes ?? '').split('\n').filter(Boolean).map((line) => {
    const cut = line.lastIndexOf('. ') + 1
    const [english, chinese] = [line.slice(0, cut).trim(), line.slice(cut).trim()]
    if (!english || !CHINESE.test(chinese)) return line
    return locale === 'zh' ? chinese : english
  })
}
