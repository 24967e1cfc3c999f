import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin, ResolvedConfig } from 'vite'

const COMPRESSIBLE = /\.(js|mjs|css|html|svg|json|webmanifest)$/
const WORTH_IT_BYTES = 1024

/** Writes `.br` and `.gz` beside every text file of the build, so that the service only has to send bytes. */
export function precompress(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'hazardmap:precompress',
    apply: 'build',
    configResolved: (resolved) => void (config = resolved),
    closeBundle: async () => {
      const root = join(config.root, config.build.outDir)
      const files = await readdir(root, { recursive: true })
      const text = files.filter((file) => COMPRESSIBLE.test(file))
      const sizes = await Promise.all(text.map((file) => compress(join(root, file))))
      const total = sizes.reduce((sum, size) => sum + size, 0)
      config.logger.info(`precompressed ${text.length} files, ${(total / 1024).toFixed(0)} kB as brotli`)
    },
  }
}

async function compress(file: string): Promise<number> {
  const bytes = await readFile(file)
  if (bytes.length < WORTH_IT_BYTES) return bytes.length
  const brotli = await promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  await writeFile(`${file}.br`, brotli)
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }))
  return brotli.length
}
