import { describe, expect, it } from 'vitest'
import type { CoverageRun } from '../src/api/model'
import { NO_DEMAND_COLOUR } from '../src/coverage/palette'
import { barsOf } from '../src/coverage/bins'
import { csv, gapsGeoJson } from '../src/coverage/export'
import { notesIn } from '../src/coverage/notes'
import { changeScale, quantileScale, shareScale } from '../src/coverage/scale'

const text = (value: number) => String(value)

describe('the histogram of nearest ways', () => {
  const bins = [
    { Bin: 0, People: 5, Points: 1 },
    { Bin: 9, People: 7, Points: 2 },
    { Bin: 10, People: 3, Points: 1 },
    { Bin: null, People: 4, Points: 1 },
  ]

  it('has its threshold between two bars, and leaves no bin out', () => {
    const { bars } = barsOf(bins, 5000)
    expect(bars.map((bar) => bar.people)).toEqual([5, 0, 0, 0, 0, 0, 0, 0, 0, 7, 3])
    expect(bars.filter((bar) => bar.isCovered).at(-1)!.to).toBe(5000)
  })
  it('counts who is farther than the last bar in it, and who reaches nothing beside', () => {
    const { bars, unreached } = barsOf([...bins, { Bin: 400, People: 2, Points: 1 }], 5000)
    expect([bars.length, bars.at(-1)!.people, bars.at(-1)!.to, unreached]).toEqual([24, 2, Infinity, 4])
  })
})

describe('colours of a choropleth', () => {
  it('are the classes of coverage for shares', () =>
    expect(shareScale().steps.map((step) => step.label)).toEqual(['0–20%', '20–40%', '40–60%', '60–80%', '80–100%']))
  it('have about as many places in each class otherwise', () => {
    const scale = quantileScale([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], text)
    expect(new Set([1, 3, 5, 7, 9].map(scale.colourOf)).size).toBe(5)
    expect(scale.steps).toHaveLength(5)
  })
  it('are one class when all places are equal, none when there are none', () => {
    expect(quantileScale([3, 3, 3], text).steps.length).toBeLessThanOrEqual(2)
    expect(quantileScale([null], text).steps).toEqual([])
    expect(quantileScale([null], text).colourOf(null)).toBe(NO_DEMAND_COLOUR)
  })
  it('tell loss from gain, whichever way is better', () => {
    const [more, less] = [changeScale([-4, 0, 4], text), changeScale([-4, 0, 4], text, { lessIsBetter: true })]
    expect([more.colourOf(4), more.colourOf(-4), more.colourOf(0)]).toEqual([less.colourOf(-4), less.colourOf(4), less.colourOf(0)])
    expect(more.colourOf(4)).not.toBe(more.colourOf(-4))
  })
})

describe('an export', () => {
  it('makes a formula harmless and keeps commas and quotes', () => {
    expect(csv([{ a: '=1+1', b: 'x,"y"', c: null, d: 0.5 }])).toBe('\uFEFFa,b,c,d\r\n\'=1+1,"x,""y""",,0.5\r\n')
  })
  it('says on every feature how it was measured and from which inputs', () => {
    const run = { Id: 'r', Distance: 'geodesic', Unit: 'Metres', Bands: '1 2', InputsHash: 'ab' } as CoverageRun
    const gap = {
      Id: 'g',
      Code: 'c',
      Name: 'n',
      DivisionCode: 'd',
      Demand: 3,
      NearestCost: null,
      Location: { type: 'Point' as const, coordinates: [104, 23] as [number, number] },
      IsOffNetwork: false,
    }
    expect(JSON.parse(gapsGeoJson(run, [gap])).features[0].properties).toMatchObject({ demand: 3, distance: 'geodesic', inputs_hash: 'ab' })
  })
})

describe('a note of a run', () => {
  const note = 'No roads are loaded: distances are straight lines. 尚未导入道路：距离为直线距离。'
  it('is read in one language', () =>
    expect([notesIn(note, 'en'), notesIn(note, 'zh')]).toEqual([
      ['No roads are loaded: distances are straight lines.'],
      ['尚未导入道路：距离为直线距离。'],
    ]))
  it('stays whole when it is in one language only', () => expect(notesIn('Only this.', 'zh')).toEqual(['Only this.']))
})
