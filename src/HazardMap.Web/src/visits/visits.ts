import { reactive, shallowRef, watch, watchEffect } from 'vue'
import { getJson } from '../api/http'
import { stage } from '../map/stage'
import { isOfTrips, ruleInForce } from '../risk/rule'
import { discsAt, NO_DISCS, type VisitHours, type VisitMoment } from './hours'

export const VISITS = 'visits'
/** Below it the layer has no tiles. */
export const VISITS_FROM_ZOOM = 7

/** Of the lowest divisions: of how many nobody knows the children, and of how many only the centre stands for all homes. */
export interface HomesKnown {
  divisions: number
  unknown: number
  rough: number
}

/** Null: the rule in force knows no visits, or nobody has been found yet who comes. */
const known = shallowRef<VisitHours | null>(null)
const homes = shallowRef<HomesKnown | null>(null)
const moment = reactive<VisitMoment>({ kind: 'Holiday', month: 8, hour: 15 })

/** When children come to waters, for the map. */
export const visits = { known, homes, moment }

watch([ruleInForce, () => stage.layers.value], read, { immediate: true })
watchEffect(() => {
  const layer = stage.layers.value.find(({ name }) => name === VISITS)
  if (!layer || !known.value || !stage.shown[VISITS]) return
  stage.controller.value?.paint(layer, discsAt(known.value, moment) ?? NO_DISCS)
})

async function read(): Promise<void> {
  const layer = stage.layers.value.find(({ name }) => name === VISITS)
  if (!layer || !isOfTrips.value) {
    known.value = homes.value = null
    return
  }
  const about = await getJson<{ hours: VisitHours | null; homes: HomesKnown | null }>(layer.tiles).catch(() => null)
  known.value = about?.hours ?? null
  homes.value = about?.homes ?? null
}
