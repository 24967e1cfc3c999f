import { afterEach, expect, it, vi } from 'vitest'
import { idOfHazard, responsibleFor } from '../src/hazard/hazard'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

it('asks who answers for a water on the day of the reader, with the persons in the same answer', async () => {
  vi.stubEnv('TZ', 'Asia/Shanghai')
  vi.useFakeTimers({ now: new Date('2026-06-30T23:30:00Z') }) // half past seven in the morning of 1 July in Wenshan
  const duty = { Role: 'Chief', PersonId: 'p', ValidFrom: '2026-07-01', Person: { Id: 'p', Name: '王*' } }
  const fetched = vi.fn(async (_url: string) => Response.json({ value: [duty] }))
  vi.stubGlobal('fetch', fetched)

  expect(await responsibleFor('a')).toEqual([{ role: 'Chief', person: duty.Person, since: '2026-07-01' }])
  expect(fetched).toHaveBeenCalledOnce()
  const asked = decodeURIComponent(fetched.mock.calls[0]![0])
  expect(asked).toContain('ValidFrom le 2026-07-01')
  expect(asked).toContain('$expand=Person')
})

it('finds a water that was clicked where tiles leave ids out by its code, and nothing by a code that nobody has', async () => {
  const fetched = vi.fn(async (url: string) => Response.json({ value: decodeURIComponent(url).includes("'O''HARA'") ? [{ Id: 'a' }] : [] }))
  vi.stubGlobal('fetch', fetched)

  expect(await idOfHazard("O'HARA")).toBe('a')
  expect(await idOfHazard('gone')).toBeNull()
})
