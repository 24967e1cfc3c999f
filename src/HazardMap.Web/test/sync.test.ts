import { describe, expect, it } from 'vitest'
import type { KeptWater } from '../src/sync/area'
import { dueList } from '../src/sync/area'
import { backoffMs, sendable, uuidV7, verdictOf, type Entry } from '../src/sync/entry'
import { outcomeOf, stepsOf } from '../src/sync/steps'
import { tilesOf } from '../src/sync/tiles'

const entry = (order: number, more: Partial<Entry> = {}): Entry => ({
  order, id: `id-${order}`, account: 'li', kind: 'edit', title: '塘', subject: `Hazards(${order})`, method: 'PATCH',
  path: `Hazards(${order})`, madeAt: '2026-07-01T08:00:00Z', state: 'waiting', tries: 0, ...more,
})
const orders = (entries: Entry[]) => entries.map(({ order }) => order)

describe('the order of what a device sends', () => {
  it('is that in which it was entered', () => {
    expect(orders(sendable([entry(2), entry(1), entry(3)]))).toEqual([1, 2, 3])
  })

  it('keeps an edit behind an earlier one of the same water, and nothing else', () => {
    expect(orders(sendable([entry(1), entry(2, { subject: 'Hazards(1)' }), entry(3)]))).toEqual([1, 3])
  })

  it('keeps photos and defects behind their inspection, whatever the network gives', () => {
    const photo = entry(2, { kind: 'photo', needs: ['id-1'] })
    expect(orders(sendable([entry(1, { kind: 'inspection' }), photo]))).toEqual([1])
    expect(orders(sendable([entry(1, { kind: 'inspection', state: 'sent' }), photo]))).toEqual([2])
  })

  it('lets nothing but its own photos wait for an inspection that was refused', () => {
    const refused = entry(1, { kind: 'inspection', state: 'refused' })
    expect(orders(sendable([refused, entry(2, { needs: ['id-1'] }), entry(3), entry(4)]))).toEqual([3, 4])
  })

  it('sends photos of an inspection of which one field waits for a person, but not of one that is kept whole', () => {
    const answer = { receivedAt: null, version: 1, conflicts: ['c'] }
    const of = (status: number) => entry(1, { state: 'conflict', answer: { ...answer, status } })
    expect(orders(sendable([of(200), entry(2, { needs: ['id-1'] })]))).toEqual([2])
    expect(orders(sendable([of(202), entry(2, { needs: ['id-1'] })]))).toEqual([])
  })

  it('puts off for a round what the service fails on, with all that follows about the same water', () => {
    expect(orders(sendable([entry(1), entry(2, { subject: 'Hazards(1)' }), entry(3)], new Set([1])))).toEqual([3])
  })
})

describe('what an answer means', () => {
  it.each([
    [200, null, [], 'done'], [201, null, [], 'done'], [204, null, [], 'done'],
    [200, null, ['c'], 'conflict'], [202, null, ['c'], 'conflict'],
    [400, 'BadRequest', [], 'refused'], [403, 'Forbidden', [], 'refused'], [404, 'NotFound', [], 'refused'], [412, 'Stale', [], 'refused'],
    [412, 'TooOld', [], 'tooOld'], [401, 'Unauthorized', [], 'signedOut'], [409, 'AnotherAccount', [], 'signedOut'],
    [0, null, [], 'later'], [429, 'TooManyRequests', [], 'later'], [500, 'InternalError', [], 'later'], [503, 'Busy', [], 'later'],
    [507, 'DiskFull', [], 'later'],
  ] as const)('%i %s is %s', (status, code, conflicts, verdict) => expect(verdictOf(status, code, conflicts)).toBe(verdict))
})

describe('waiting after failures', () => {
  it('doubles up to five minutes, never all phones at once', () => {
    expect(backoffMs(0, 1)).toBe(500)
    expect(backoffMs(3, 1)).toBe(4000)
    expect(backoffMs(50, 1)).toBe(300_000)
    expect(backoffMs(3, 0)).toBe(2000)
  })
})

describe('ids that a device makes', () => {
  it('are of version 7 and in the order of time', () => {
    const [first, second] = [uuidV7(1_790_000_000_000), uuidV7(1_790_000_000_001)]
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(first < second).toBe(true)
  })
})

describe('what is due', () => {
  const water = (Name: string, NextInspectionDueAt: string | null, east = 0, Status = 'Active') =>
    ({ Id: Name, Name, NextInspectionDueAt, Status, Location: { type: 'Point', coordinates: [104 + east, 23] } }) as unknown as KeptWater
  const all = [water('later', '2026-07-20T00:00:00Z', 0.02), water('none', null, 0.01), water('long overdue', '2026-06-01T00:00:00Z', 0.03),
    water('overdue', '2026-07-01T00:00:00Z'), water('closed', '2026-01-01T00:00:00Z', 0, 'Closed')]
  const now = Date.parse('2026-07-05T00:00:00Z')

  it('is led by the longest overdue, without what is closed', () => {
    expect(dueList(all, null, false, now).map(({ water: { Name } }) => Name)).toEqual(['long overdue', 'overdue', 'later', 'none'])
  })

  it('is led by the nearest when that is asked for', () => {
    expect(dueList(all, [104, 23], true, now).map(({ water: { Name } }) => Name)).toEqual(['overdue', 'none', 'later', 'long overdue'])
  })
})

describe('the map of an area', () => {
  it('is made of the tiles with a water in or beside them', () => {
    expect(tilesOf([[104.24, 23.37]], 0)).toEqual([{ z: 0, x: 0, y: 0 }])
    expect(tilesOf([[104.24, 23.37]], 12)).toContainEqual({ z: 12, x: 3233, y: 1774 })
    expect(tilesOf([[104.24, 23.37]], 12).length).toBeLessThanOrEqual(4)
  })
})

describe('a batch that was kept', () => {
  const batch = entry(1, { kind: 'inspection', path: '$batch', method: 'POST', body: { requests: [
    { id: '1', method: 'POST', url: 'Inspections', headers: {}, body: { Id: 'i', HazardId: 'h' } },
    { id: '2', method: 'POST', url: 'Rectifications', headers: {}, body: { HazardId: 'h', InspectionId: 'i' } },
  ] } })

  it('is done when all of its steps are', () => {
    expect(outcomeOf([{ status: 201, headers: { 'HazardMap-Received-At': 'now' } }, { status: 201 }]))
      .toEqual({ status: 200, receivedAt: 'now' })
  })

  it('says of a group that was undone why, not what went with it', () => {
    const refused = { status: 404, body: { error: { code: 'NotFound', message: 'gone', details: [{ code: 'zh', message: '没有' }] } } }
    expect(outcomeOf([refused, { status: 424 }])).toMatchObject({ status: 404, code: 'NotFound', en: 'gone', zh: '没有' })
  })

  it('becomes its steps, in their order and behind one another', () => {
    const steps = stepsOf(batch)
    expect(steps.map(({ path, method, kind }) => [path, method, kind]))
      .toEqual([['Inspections', 'POST', 'inspection'], ['Rectifications', 'POST', 'rectification']])
    expect(new Set(steps.map(({ subject }) => subject))).toEqual(new Set([batch.subject]))
  })
})
