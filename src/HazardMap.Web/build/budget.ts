import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** What a chunk may weigh, gzip kB. Raised only on purpose: the field has cheap phones and poor networks. */
const BUDGET_KB: Record<string, number> = {
  vue: 65,
  i18n: 24, // words and sentences in both languages
  index: 25, // the shell: session, login, what is still to be sent
  DeskView: 10,
  FieldView: 10,
  LedgerPanel: 20,
  HazardPanel: 12,
  CoveragePanel: 10,
  SyncPage: 12,
  MapView: 320, // maplibre
  HazardEdit: 80, // element-plus, only when somebody edits
}
const ALL_SCRIPTS_KB = 560

/** Fails the build when a chunk, or all of them, outgrow their budget. */
export function budget(): Plugin {
  return {
    name: 'hazardmap:budget',
    apply: 'build',
    generateBundle(_, bundle) {
      let all = 0
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        const weight = gzipSync(chunk.code).length / 1024
        all += weight
        const limit = BUDGET_KB[chunk.name]
        if (limit && weight > limit) this.error(`${chunk.fileName}: ${weight.toFixed(0)} kB gzip, the budget is ${limit} kB`)
      }
      if (all > ALL_SCRIPTS_KB) this.error(`all scripts: ${all.toFixed(0)} kB gzip, the budget is ${ALL_SCRIPTS_KB} kB`)
      this.info(`scripts without the map's worker: ${all.toFixed(0)} of ${ALL_SCRIPTS_KB} kB gzip`)
    },
  }
}
