import { call, getJson, type Call } from './http'

/** What may be asked of an entity set; names as in $metadata. */
export interface Query {
  select?: readonly string[]
  filter?: string
  orderBy?: string
  expand?: string
  top?: number
  count?: boolean
}

export interface Page<T> {
  value: T[]
  '@odata.count'?: number
  '@odata.nextLink'?: string
}

export type WithEtag<T> = T & { '@odata.etag': string }

const OPTIONS: [keyof Query, string][] = [
  ['select', '$select'],
  ['filter', '$filter'],
  ['orderBy', '$orderby'],
  ['expand', '$expand'],
  ['top', '$top'],
  ['count', '$count'],
]

/** `/odata/Hazards?$select=Id,Name&$filter=…` */
export function urlOf(path: string, query: Query = {}): string {
  const parts = OPTIONS.flatMap(([key, name]) => {
    const value = query[key]
    if (value === undefined || value === false) return []
    return [`${name}=${encodeURIComponent(Array.isArray(value) ? value.join(',') : String(value))}`]
  })
  return `/odata/${path}${parts.length ? `?${parts.join('&')}` : ''}`
}

/** A string literal of OData: quotes doubled. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Pages of a query, one by one, by the server's own next links. */
export async function* pages<T>(path: string, query: Query, pageSize: number, signal?: AbortSignal): AsyncGenerator<Page<T>> {
  let next: string | undefined = urlOf(path, query)
  while (next) {
    const page: Page<T> = await getJson<Page<T>>(sameOrigin(next), {
      signal,
      headers: { Prefer: `odata.maxpagesize=${pageSize}` },
    })
    yield page
    next = page['@odata.nextLink']
  }
}

/** Every row of a query: only for sets that are known to be short. */
export async function all<T>(path: string, query: Query, signal?: AbortSignal): Promise<T[]> {
  const rows: T[] = []
  for await (const page of pages<T>(path, query, 1000, signal)) rows.push(...page.value)
  return rows
}

export async function countOf(set: string, filter?: string, signal?: AbortSignal): Promise<number> {
  const text = await (await call(urlOf(`${set}/$count`, { filter }), { signal, headers: { Accept: '*/*' } })).text()
  return Number(text.replace(/^\uFEFF/, ''))
}

/** One entity with its ETag, whether the server sends it in the body or as a header. */
export async function entity<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<WithEtag<T>> {
  return withEtag<T>(await call(urlOf(path, query), { signal }))
}

/** Changes some properties of one entity, if it still is what the reader saw. */
export async function patch<T>(path: string, etag: string, changes: Partial<T>): Promise<WithEtag<T> | null> {
  const options: Call = {
    method: 'PATCH',
    body: changes,
    headers: { 'If-Match': etag, Prefer: 'return=representation' },
  }
  const response = await call(urlOf(path), options)
  return response.status === 204 ? null : withEtag<T>(response)
}

async function withEtag<T>(response: Response): Promise<WithEtag<T>> {
  const body = (await response.json()) as WithEtag<T>
  return { ...body, '@odata.etag': body['@odata.etag'] ?? response.headers.get('ETag') ?? '' }
}

/** Next links may be absolute and name the host as a proxy sees it: only path and query count, the session is ours. */
function sameOrigin(link: string): string {
  if (link.startsWith('/')) return link
  if (!/^https?:/.test(link)) return `/odata/${link}`
  const url = new URL(link)
  return url.pathname + url.search
}
