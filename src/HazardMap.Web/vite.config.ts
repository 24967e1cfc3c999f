import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { budget } from './build/budget.ts'
import { precompress } from './build/precompress.ts'
import { serviceWorker } from './build/serviceWorker.ts'

export default defineConfig({
  plugins: [vue(), budget(), serviceWorker(), precompress()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __INTLIFY_JIT_COMPILATION__: 'true',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    outDir: 'dist',
    assetsInlineLimit: 0, // the service may send a strict content policy: no data: URLs
    chunkSizeWarningLimit: 1200, // maplibre is one module of 1.1 MB (about 270 kB gzip)
    // What every page needs are files of their own, whatever else is loaded when: the framework, which seldom changes, and words.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'vue', test: /node_modules[\\/](@vue|vue|vue-i18n|@intlify)[\\/]/ },
            { name: 'i18n', test: /src[\\/](i18n[\\/]|api[\\/]model\.ts)/ },
          ],
        },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api', '/odata', '/tiles', '/login', '/health'].map((path) => [
        path,
        process.env.HAZARDMAP_URL ?? 'http://127.0.0.1:8080',
      ]),
    ),
  },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
})
