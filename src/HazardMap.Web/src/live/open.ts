import { listenToChanges, type Change } from './changes'
import { serviceStatus } from '../api/service'
import { stage } from '../map/stage'
import { ledger } from '../ledger/ledger'
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
  if (withLedger) void whenIdle().then(() => ledger.load())
  return listenToChanges(follow, () => follow({ entity: 'Hazards', many: true }))
}

/** The table fills after the map has been drawn, or soon if there is none. */
function whenIdle(): Promise<void> {
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

let recount = 0
let reread = 0
let areWaysStale = false

function follow(change: Change): void {
  const at = change.lon !== undefined && change.lat !== undefined ? { lon: change.lon, lat: change.lat } : undefined
  if (change.entity === 'Facilities') stage.controller.value?.refresh('facilities', at)
  if (change.entity === 'CatchmentAreas' && stage.layers.catchments) stage.controller.value?.refresh('catchments')
  if (change.entity === 'Divisions') stage.controller.value?.refresh('divisions')
  if (change.entity === 'Ways') areWaysStale = true
  if (change.entity === 'Hazards') {
    stage.controller.value?.refresh('hazards', change.many ? undefined : at)
    if (stage.layers.reaches) stage.controller.value?.refresh('reaches', change.many ? undefined : at)
    if (ledger.state.value === 'idle') return
    if (change.id && !change.many) void ledger.refreshRow(change.id).catch(() => {})
    else void ledger.reload()
  }
  window.clearTimeout(recount)
  recount = window.setTimeout(catchUp, RECOUNT_AFTER_MS)
}

/** A way crosses many tiles and one edit changes many ways: the layer is asked for once, when it has grown quiet. */
function catchUp(): void {
  if (areWaysStale && stage.layers.ways) stage.controller.value?.refresh('ways')
  areWaysStale = false
  void totals.recount().then(rereadWhileWaysWait, () => {})
}

// A change that moves no way is announced by nobody: while some wait, their number is read again.
function rereadWhileWaysWait(): void {
  window.clearTimeout(reread)
  if (stage.layers.ways && stage.ways.value?.waiting) reread = window.setTimeout(() => void totals.reread().then(rereadWhileWaysWait, () => {}), REREAD_AFTER_MS)
}
