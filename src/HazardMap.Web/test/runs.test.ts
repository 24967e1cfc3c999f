import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CoverageRun } from '../src/api/model'
import { coverageRuns } from '../src/coverage/runs'

// Without a browser: the words of the screen play no part here.
vi.mock('../src/i18n', () => ({ formats: { value: {} }, i18n: { global: { t: (key: string) => key } } }))
vi.stubGlobal('window', globalThis)

const run = { Id: 'a', State: 'Running', Unit: 'Metres' } as CoverageRun

describe('a coverage run that goes on', () => {
  const fetched = vi.fn(async (_url: string) => Response.json({ ...run, State: 'Failed', value: [] }))

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('fetch', fetched)
  })
  afterEach(() => {
    coverageRuns.close()
    fetched.mockClear()
    vi.useRealTimers()
  })

  it('is asked how far it is until it is over', async () => {
    coverageRuns.open(run)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fetched.mock.calls[0]![0]).toContain('CoverageRuns(a)')
    expect(coverageRuns.run.value?.State).toBe('Failed')
  })

  it('is asked no more once it is closed', async () => {
    coverageRuns.open(run)
    coverageRuns.close()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(fetched).not.toHaveBeenCalled()
    expect(coverageRuns.failure.value).toBeNull()
  })
})
