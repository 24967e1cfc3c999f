import { describe, expect, it } from 'vitest'
import * as model from '../src/api/model'

type Fields = Record<string, model.Field>
const sets = Object.entries(model).filter(([name]) => name.endsWith('_FIELDS')) as [string, Fields][]
const fields = sets.flatMap(([set, all]) => Object.entries(all).map(([name, field]) => [`${set}.${name}`, field] as const))
const words = Object.entries(model.WORDS).flatMap(([type, all]) =>
  Object.entries(all).map(([name, word]) => [`${type}.${name}`, word] as const))

describe('the model that the service tells', () => {
  it('calls every member of an enumeration something in both languages', () => {
    for (const [name, { zh, en }] of words) expect([zh.trim(), en.trim()], name).not.toContain('')
    expect(words.filter(([, { zh }]) => !/\p{Script=Han}/u.test(zh)).map(([name]) => name)).toEqual([])
  })

  it('draws every level and every kind of facility', () => {
    for (const [kind, word] of [...Object.entries(model.FACILITY_KIND_WORDS), ...Object.entries(model.RISK_LEVEL_WORDS)]) {
      expect(word, kind).toMatchObject({ symbol: expect.stringMatching(/^M/), colour: expect.stringMatching(/^#[0-9a-f]{6}$/) })
    }
  })

  it('names every property of a water in both languages, shortly enough for a form', () => {
    for (const [name, { label }] of Object.entries<model.Field>(model.HAZARD_FIELDS)) {
      expect(label.zh, name).toMatch(/\p{Script=Han}/u)
      expect(label.en.length, name).toBeLessThanOrEqual(24)
    }
  })

  it('knows ranges, lengths, units and words', () => {
    expect(model.HAZARD_FIELDS.DepthMetres).toMatchObject({ kind: 'number', least: 0, most: 12_000, unit: 'm', writable: true })
    expect(model.HAZARD_FIELDS.Name).toMatchObject({ kind: 'text', maxLength: 200, required: true })
    expect(model.HAZARD_FIELDS.Kind.words).toBe(model.HAZARD_KIND_WORDS)
  })

  it('lets nobody write what the service keeps: scores, versions, results of runs', () => {
    const writable = fields.filter(([, field]) => field.writable || field.creatable).map(([name]) => name)
    for (const name of ['HAZARD_FIELDS.RiskScore', 'HAZARD_FIELDS.Version', 'COVERAGE_RESULT_FIELDS.Share',
      'RISK_RULE_FIELDS.CutoffMetres']) {
      expect(fields.map(([one]) => one)).toContain(name)
      expect(writable).not.toContain(name)
    }
    expect(model.HAZARD_FIELDS.Code).toMatchObject({ creatable: true })
    expect('writable' in model.HAZARD_FIELDS.Code).toBe(false)
  })
})
