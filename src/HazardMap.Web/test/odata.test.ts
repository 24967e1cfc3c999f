import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '../src/api/http'
import { all, literal, patch, urlOf } from '../src/api/odata'

const answer = (body: unknown, init: ResponseInit = {}) => new Response(JSON.stringify(body), init)

afterEach(() => vi.unstubAllGlobals())

describe('an OData address', () => {
  it('carries only the options asked for, encoded', () => {
    expect(urlOf('Hazards', { select: ['Id', 'Name'], filter: "Name eq '德厚'" })).toBe(
      "/odata/Hazards?$select=Id%2CName&$filter=Name%20eq%20'%E5%BE%B7%E5%8E%9A'",
    )
  })
  it('doubles quotes in a literal', () => expect(literal("O'Neil")).toBe("'O''Neil'"))
})

describe('paging', () => {
  it('follows next links, whatever host they name, until there is none', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      return asked.length === 1
        ? answer({ value: [1, 2], '@odata.nextLink': 'https://elsewhere.example/odata/Hazards?$skiptoken=2' })
        : answer({ value: [3] })
    })
    expect(await all('Hazards', {})).toEqual([1, 2, 3])
    expect(asked).toEqual(['/odata/Hazards', '/odata/Hazards?$skiptoken=2'])
  })

  it('understands a next link relative to the service', async () => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      return asked.length === 1 ? answer({ value: [], '@odata.nextLink': 'Hazards?$skiptoken=x' }) : answer({ value: [] })
    })
    await all('Hazards', {})
    expect(asked[1]).toBe('/odata/Hazards?$skiptoken=x')
  })
})

describe('a change', () => {
  it('goes out with the version that was read and the guard header', async () => {
    const fetched = vi.fn(async (_url: string, _init: RequestInit) => answer({ Id: 'a', '@odata.etag': 'W/"2"' }))
    vi.stubGlobal('fetch', fetched)
    const now = await patch('Hazards(a)', 'W/"1"', { Access: 'Fenced' })
    const headers = fetched.mock.calls[0]![1].headers as Record<string, string>
    expect(headers).toMatchObject({ 'If-Match': 'W/"1"', 'X-HazardMap': '1' })
    expect(now?.['@odata.etag']).toBe('W/"2"')
  })

  it('that is refused says why, in both languages', async () => {
    const error = { code: 'Stale', message: 'Changed meanwhile.', target: null, details: [{ code: 'zh', message: '已被修改。' }] }
    vi.stubGlobal('fetch', async () => answer({ error }, { status: 412 }))
    const refused = (await patch('Hazards(a)', 'W/"1"', {}).catch((reason: unknown) => reason)) as ApiError
    expect([refused.status, refused.textIn('en'), refused.textIn('zh')]).toEqual([412, 'Changed meanwhile.', '已被修改。'])
  })

  it('without a network says so', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('failed')
    })
    await expect(patch('Hazards(a)', 'W/"1"', {})).rejects.toMatchObject({ status: 0, isOffline: true })
  })
})
