import { reactive, shallowRef, watch } from 'vue'
import type { Box } from './geometry'
import type { Hovered, MapController } from './controller'
import { FACILITY_KINDS, type FacilityKind } from '../register/words'
import { SINGLE_FROM_ZOOM } from './waterLayers'

const controller = shallowRef<MapController | null>(null)
const hovered = shallowRef<Hovered | null>(null)
const layers = reactive({
  waters: true,
  borders: true,
  rivers: true,
  reach: true,
  facilities: new Set<FacilityKind>(FACILITY_KINDS),
})
const view = reactive({ zoom: 0, inset: { right: 0, bottom: 0 } as { right?: number; bottom?: number } })
const extent = shallowRef<Box | null>(null)

/** What the map shows, for everybody who switches layers or points at places; the controller follows. */
export const stage = { controller, hovered, layers, view, extent }

const WATERS = ['water-areas', 'water-areas-edge', 'water-lines-casing', 'water-lines', 'water-lines-hit', 'water-points', 'water-names', 'water-cells']
const BORDERS = ['border-townships', 'border-counties']
const REACH = ['reach-area', 'reach-edge']

watch([controller, () => layers.waters], () => controller.value?.setVisible(WATERS, layers.waters))
watch([controller, () => layers.borders], () => controller.value?.setVisible(BORDERS, layers.borders))
watch([controller, () => layers.reach], () => controller.value?.setVisible(REACH, layers.reach))
watch([controller, () => layers.rivers], () => controller.value?.setVisibleBySource('rivers', layers.rivers))
watch([controller, () => [...layers.facilities]], () => controller.value?.showFacilities([...layers.facilities]))

export const isCoarse = () => view.zoom < SINGLE_FROM_ZOOM
