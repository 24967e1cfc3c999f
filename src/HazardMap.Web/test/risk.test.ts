import { afterEach, describe, expect, it, vi } from 'vitest'
import { explainRisk, instantOf, riskProfile, worstHazards } from '../src/risk/risk'

afterEach(() => vi.unstubAllGlobals())

function listening(body: unknown) {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return new Response(JSON.stringify(body))
  })
  return asked
}

describe('asking about risk', () => {
  it('names an hour of the rule’s own clock as an instant', () => {
    expect(instantOf(2026, 8, 15, 480)).toBe('2026-08-15T07:00:00Z')
    expect(instantOf(2026, 1, 3, 480)).toBe('2026-01-14T19:00:00Z')
  })

  it('explains the reference unless a time is given', async () => {
    const asked = listening({})
    await explainRisk('a', null)
    await explainRisk('a', '2026-01-15T07:00:00Z')
    expect(asked).toEqual(['/odata/Hazards(a)/HazardMap.ExplainRisk()', '/odata/Hazards(a)/HazardMap.ExplainRisk(at=2026-01-15T07:00:00Z)'])
  })

  it('reads a rule’s profile once', async () => {
    const asked = listening({ Months: [] })
    await Promise.all([riskProfile('2026-1'), riskProfile('2026-1')])
    expect(asked).toEqual(["/odata/RiskRules('2026-1')/HazardMap.Profile()"])
  })

  it('asks a division for its worst waters', async () => {
    const asked = listening({ Hazards: [] })
    expect(await worstHazards('532601', 10)).toEqual([])
    expect(asked[0]).toBe("/odata/Divisions('532601')/HazardMap.WorstHazards(top=10)")
  })
})
