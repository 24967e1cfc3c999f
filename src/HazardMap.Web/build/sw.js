// Keeps the app for times without a network. VERSION and FILES are filled in by build/serviceWorker.ts.
// What the register says (/odata, /api) passes by: the app keeps that itself, by account. Tiles of an area that it has kept (sync/tiles.ts)
// are answered from there without a network.
const VERSION = '__VERSION__'
const FILES = __FILES__
const PREFIX = 'hazardmap-app-'
const CACHE = PREFIX + VERSION
const TILES = 'hazardmap-tiles'
const PATIENCE_MS = 4000

self.addEventListener('install', (event) => event.waitUntil(fill()))
self.addEventListener('activate', (event) => event.waitUntil(tidy()))
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') self.skipWaiting()
})
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== location.origin) return
  if (event.request.mode === 'navigate') {
    if (url.pathname === '/') event.respondWith(page(event))
  } else if (url.pathname.startsWith('/tiles/')) event.respondWith(tile(event.request))
  else if (url.pathname.startsWith('/assets/') || FILES.includes(url.pathname)) event.respondWith(file(event.request))
})

// Names of assets tell their content: what an older version brought is not fetched again.
async function fill() {
  const cache = await caches.open(CACHE)
  await Promise.all(FILES.map(async (path) => {
    const known = path.startsWith('/assets/') ? await caches.match(path) : undefined
    if (known) return cache.put(path, known)
    const answer = await fetch(path, { cache: 'no-cache', credentials: 'omit' })
    if (!answer.ok) throw new Error(path + ': ' + answer.status)
    return cache.put(path, answer)
  }))
}

// Chunks of an older version go when no tab is open that may still ask for them.
async function tidy() {
  const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  if (open.length > 0) return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)))
}

// The newest page when the service answers soon, else the one that is kept.
async function page(event) {
  event.waitUntil(tidy())
  const cache = await caches.open(CACHE)
  const kept = await cache.match('/')
  try {
    const answer = await (kept ? withinPatience(event.request) : fetch(event.request))
    return answer.status >= 500 && kept ? kept : answer
  } catch (reason) {
    if (kept) return kept
    throw reason
  }
}

function withinPatience(request) {
  return Promise.race([fetch(request), new Promise((_, fail) => setTimeout(() => fail(new Error('slow')), PATIENCE_MS))])
}

async function file(request) {
  const cache = await caches.open(CACHE)
  return (await cache.match(request)) ?? (await caches.match(request)) ?? fetch(request)
}

async function tile(request) {
  try {
    return await fetch(request)
  } catch (reason) {
    const kept = (await caches.has(TILES)) && (await (await caches.open(TILES)).match(new URL(request.url).pathname))
    if (kept) return kept
    throw reason
  }
}
