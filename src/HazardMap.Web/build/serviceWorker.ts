import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'

/** Of the public folder; the page itself is kept as `/`. */
const OTHERS = ['/', '/icon.svg', '/manifest.webmanifest']

/** Writes `sw.js`: the worker with the names of all that the app is made of, and a version that changes with any of it. */
export function serviceWorker(): Plugin {
  return {
    name: 'hazardmap:service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const source = await readFile(new URL('./sw.js', import.meta.url), 'utf8')
      const files = [...OTHERS, ...Object.keys(bundle).filter((name) => name.startsWith('assets/')).sort().map((name) => `/${name}`)]
      const hash = createHash('sha256').update(source).update(files.join('\n'))
      const page = bundle['index.html']
      if (page?.type === 'asset') hash.update(page.source)
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: source.replace('__VERSION__', hash.digest('hex').slice(0, 16)).replace('__FILES__', JSON.stringify(files)),
      })
    },
  }
}
