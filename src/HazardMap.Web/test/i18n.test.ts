import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inLocale } from '../src/i18n/bilingual'
import { preferredLocale } from '../src/i18n/preferred'
import { en } from '../src/i18n/en'
import { zh } from '../src/i18n/zh'
import { WORDS } from '../src/api/model'

type Tree = { [key: string]: string | Tree }

const keysOf = (tree: Tree, prefix = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`)))
const valueOf = (tree: Tree, key: string) => key.split('.').reduce<Tree | string>((at, part) => (at as Tree)[part]!, tree) as string
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()

describe('the two languages', () => {
  it('have the same keys', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort())
  })

  it('leave nothing empty, and use the same placeholders', () => {
    for (const key of keysOf(zh)) {
      expect(valueOf(zh, key).trim(), key).not.toBe('')
      expect(valueOf(en, key).trim(), key).not.toBe('')
      expect(placeholders(valueOf(en, key)), key).toEqual(placeholders(valueOf(zh, key)))
    }
  })

  it('name no word of the register a second time: members are called what the service calls them', () => {
    const members = new Set(Object.values(WORDS).flatMap((words) => Object.keys(words)))
    const named = keysOf(zh).filter((key) => members.has(key.split('.').at(-1)!))
    expect(named).toEqual([])
  })

  it('have every key that the components name', () => {
    const known = new Set(keysOf(zh))
    const root = new URL('../src/', import.meta.url)
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.(vue|ts)$/.test(file) && !file.startsWith('i18n'),
    )
    for (const file of sources)
      for (const [, key] of readFileSync(new URL(file, root), 'utf8').matchAll(/\bt\('([\w.]+)'/g))
        expect(known, `${file}: ${key}`).toContain(key)
  })
})

describe('the language at first sight', () => {
  it('is the reader’s own choice when there is one', () => expect(preferredLocale('en', ['zh-CN'])).toBe('en'))
  it('is English for an English browser', () => expect(preferredLocale(null, ['en-GB', 'zh'])).toBe('en'))
  it('is Chinese for a Chinese browser', () => expect(preferredLocale(null, ['zh-Hans-CN'])).toBe('zh'))
  it('is Chinese when nothing is known', () => expect(preferredLocale('klingon', [])).toBe('zh'))
})

describe('a text kept in both languages', () => {
  it('is read in one', () =>
    expect(['zh', 'en'].map((one) => inLocale('管理员 / Administrator', one))).toEqual(['管理员', 'Administrator']))
  it('stays whole when it is in one language only', () =>
    expect([inLocale('德厚镇水务站', 'en'), inLocale('a / b', 'zh')]).toEqual(['德厚镇水务站', 'a / b']))
})
