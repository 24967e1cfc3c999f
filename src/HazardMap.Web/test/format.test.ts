import { describe, expect, it } from 'vitest'
import { factorLabel, factorValue } from '../src/risk/factors'
import { formatsFor, NOTHING } from '../src/i18n/format'

const en = formatsFor('en')
const zh = formatsFor('zh')

describe('figures', () => {
  it('group thousands', () => expect(zh.integer(24900)).toBe('24,900'))
  it('show a score as precisely as it is worth reading', () => {
    expect([0, 0.004, 1.234, 123.45, 12345.6].map(en.score)).toEqual(['0', '<0.01', '1.23', '123.5', '12,346'])
  })
  it('say nothing where nothing is known', () => {
    expect([en.score(null), en.share(null), en.metres(null), en.day(null)]).toEqual([NOTHING, NOTHING, NOTHING, NOTHING])
  })
  it('turn to kilometres at a thousand metres', () => expect([en.metres(999.4), en.metres(1234)]).toEqual(['999 m', '1.23 km']))
  it('keep a distance that was laid down as round as it is', () => {
    expect([en.distance(3000), zh.distance(3000), en.distance(250)]).toEqual(['3 km', '3 公里', '250 m'])
  })
  it('keep a half-covered share to a tenth', () => expect(zh.share(0.4567)).toBe('45.7%'))
  it('write a multiplier as one', () => expect(en.multiplier(0.27)).toBe('×0.27'))
  it('name a month and an hour as people say them', () => {
    expect([en.month(1), zh.month(1), en.hour(7), zh.hour(7)]).toEqual(['January', '1 月', '07:00', '7 时'])
    const reader = (locale: 'zh' | 'en') => ({ locale, t: (key: string) => key, te: () => false, formats: formatsFor(locale) })
    const month = { Name: 'month', Value: '8', Multiplier: 1, Source: '', SourceZh: '', Sureness: 'low' as const }
    expect(factorValue(month, reader('en'))).toBe('August')
    expect(factorValue({ ...month, Name: 'hour', Value: '15' }, reader('zh'))).toBe('15 时')
  })
  it('name what a factor looks at as the register does', () => {
    const kind = { Name: 'kind', Value: 'Pond', Multiplier: 1, Source: '', SourceZh: '', Sureness: 'low' }
    const reader = { locale: 'zh' as const, t: (key: string) => key, te: () => false, formats: zh }
    expect([factorLabel(kind, reader), factorValue(kind, reader)]).toEqual(['类型', '坑塘'])
    expect(factorLabel({ ...kind, Name: 'moon' }, reader)).toBe('moon')
  })
  it('write days as the reader’s country does', () =>
    expect([en.day('2026-07-05T04:00:00Z'), zh.day('2026-07-05T04:00:00Z')]).toEqual(['05/07/2026', '2026/07/05']))
})
