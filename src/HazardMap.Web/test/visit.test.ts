import { afterEach, describe, expect, it, vi } from 'vitest'
import { allIsWell, hasDefects, nothingSeen, stepsOf } from '../src/field/inspection'
import { nextSteps } from '../src/field/rectification'
import { send } from '../src/field/send'
import { ApiError } from '../src/api/http'

afterEach(() => vi.unstubAllGlobals())

describe('a visit', () => {
  it('has looked at nothing until somebody looks, and all is well in one tap', () => {
    const seen = nothingSeen()
    expect(Object.values(seen.ones)).toEqual([null, null, null, null])
    expect(hasDefects(seen)).toBe(false)
    allIsWell(seen)
    expect(Object.values(seen.ones)).toEqual([true, true, true, true])
  })

  it('is an inspection with device time and position, and of what is missing one with defects', () => {
    const seen = nothingSeen()
    seen.ones.HasRing = false
    const [step, more] = stepsOf('h', seen, { longitude: 104.2, latitude: 23.4, accuracy: 8 }, new Date('2026-07-01T04:00:00Z'))
    expect(more).toBeUndefined()
    expect(step).toMatchObject({
      url: 'Inspections',
      body: { HazardId: 'h', Result: 'Defects', HasRing: false, HasSign: null, DeviceAt: '2026-07-01T04:00:00.000Z', AccuracyMetres: 8,
        Position: { type: 'Point', coordinates: [104.2, 23.4] } },
    })
  })

  it('opens a rectification of the defect that it found, in the same change', () => {
    const seen = nothingSeen()
    seen.defect = ' 救生圈缺失 '
    const [inspection, defect] = stepsOf('h', seen, null)
    expect(inspection!.body).not.toHaveProperty('Position')
    expect(defect).toMatchObject({ url: 'Rectifications', body: { InspectionId: inspection!.body['Id'], Description: '救生圈缺失' } })
  })
})

it('shows the steps of a defect that the service allows', () => {
  expect(nextSteps({ NextSteps: 'Verify,Reopen' })).toEqual(['Verify', 'Reopen'])
  expect(nextSteps({ NextSteps: null })).toEqual([])
})

describe('what is sent', () => {
  it('is one change under one identifier, with the clock of the device', async () => {
    const fetched = vi.fn(async (_url: string, _init: RequestInit) => Response.json({ responses: [{ id: '1', status: 201 }] }))
    vi.stubGlobal('fetch', fetched)
    await send([{ url: 'Inspections', body: { a: 1 } }], 'one')
    const [url, init] = fetched.mock.calls.at(-1)!
    expect(url).toBe('/odata/$batch')
    expect(init.headers).toMatchObject({ 'Repeatability-Request-ID': 'one', 'HazardMap-Device-Time': expect.any(String) })
    expect(JSON.parse(String(init.body))).toMatchObject({ requests: [{ atomicityGroup: 'all', method: 'POST', url: 'Inspections' }] })
  })

  it('says why it was refused, not that the other steps went with it', async () => {
    const error = { code: 'RuleBroken', message: 'no', target: 'At', details: [{ code: 'zh', message: '不行' }] }
    const responses = [{ id: '1', status: 424 }, { id: '2', status: 422, body: { error } }]
    vi.stubGlobal('fetch', vi.fn(async () => Response.json({ responses })))
    const refused = await send([{ url: 'Inspections', body: {} }]).catch((reason: unknown) => reason)
    expect(refused).toBeInstanceOf(ApiError)
    expect((refused as ApiError).textIn('zh')).toBe('不行')
  })
})
