import { watch } from 'vue'
import { serviceStatus } from '../api/service'
import { stage } from '../map/stage'
import { isOffline } from '../offline/connection'
import { ledger } from '../ledger/ledger'
import { readRuleInForce, ruleInForce } from '../risk/rule'
import { waysState } from '../ways/state'
import { listenToChanges, type Change } from './changes'
import { redraw, redrawEverything } from './redraw'
import { totals } from './totals'

const RECOUNT_AFTER_MS = 800
const REREAD_AFTER_MS = 2000

/** Starts a session's work: the extent first, so that the map can draw; then counts, table and live changes. */
export async function openRegister({ withLedger = true } = {}): Promise<() => void> {
  const status = await serviceStatus().catch(() => null)
  if (status) {
    totals.take(status)
    stage.extent.value = status.extent
  }
  void totals.recount().catch(() => {})
  void readRuleInForce().catch(() => {})
  if (withLedger) void whenIdle().then(() => ledger.load())
  return listenToChanges(follow, catchUp)
}

// Back in reach: what could not be counted is.
watch(isOffline, (isNow) => {
  if (isNow) return
  recount()
  if (!ruleInForce.value) void readRuleInForce().catch(() => {})
})
watch(ruleInForce, (rule) => (stage.cutoff.metres = rule?.CutoffMetres ?? null))

/** The table fills after the map has been drawn, or soon if there is none. */
function whenIdle(): Promise<void> {
  if (isOffline.value) return Promise.resolve() // no map will be drawn
  return new Promise((done) => {
    const timer = window.setTimeout(done, 4000)
    const ask = window.setInterval(() => {
      const map = stage.controller.value?.map
      if (!map) return
      window.clearInterval(ask)
      map.once('idle', () => {
        window.clearTimeout(timer)
        done()
      })
    }, 50)
    window.setTimeout(() => window.clearInterval(ask), 4000)
  })
}

let recounting = 0
let rereading = 0

function follow(change: Change): void {
  redraw(change)
  if (change.entity === 'Hazards') followHazards(change)
  window.clearTimeout(recounting)
  recounting = window.setTimeout(recount, RECOUNT_AFTER_MS)
}

/** Many waters at once: a run, perhaps by another rule. */
function followHazards({ id, many }: Change): void {
  if (many) void readRuleInForce().catch(() => {})
  if (ledger.state.value === 'idle') return
  if (id && !many) void ledger.refreshRow(id).catch(() => {})
  else void ledger.reload()
}

function recount(): void {
  void totals.recount().then(rereadWhileWaysWait, () => {})
}

// A change that moves no way is announced by nobody: while some wait, their number is read again.
function rereadWhileWaysWait(): void {
  window.clearTimeout(rereading)
  if (!stage.shown.ways || !waysState.value?.waiting) return
  rereading = window.setTimeout(() => void totals.reread().then(rereadWhileWaysWait, () => {}), REREAD_AFTER_MS)
}

/** Something was missed while the line was down. */
function catchUp(): void {
  redrawEverything()
  follow({ entity: 'Hazards', many: true })
}
