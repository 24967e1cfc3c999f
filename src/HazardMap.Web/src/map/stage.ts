import { reactive, ref, shallowRef, watch } from 'vue'
import type { WaysState } from '../api/service'
import type { Box } from './geometry'
import type { Hovered, MapController } from './controller'
import { FACILITY_KINDS, type FacilityKind } from '../register/words'
import { SINGLE_FROM_ZOOM } from './style'

const controller = shallowRef<MapController | null>(null)
const hovered = shallowRef<Hovered | null>(null)
const layers = reactive({
  waters: true,
  borders: true,
  rivers: true,
  reach: true,
  catchments: false,
  reaches: false,
  ways: false,
  facilities: new Set<FacilityKind>(FACILITY_KINDS),
})
const view = reactive({ zoom: 0, inset: { right: 0, bottom: 0 } as { right?: number; bottom?: number } })
const extent = shallowRef<Box | null>(null)
const attribution = ref('')
const ways = shallowRef<WaysState | null>(null)

/** What the map shows, for everybody who switches layers or points at places; the controller follows. */
export const stage = { controller, hovered, layers, view, extent, attribution, ways }

watch([controller, () => layers.waters], () => controller.value?.setVisible('hazards', layers.waters))
watch([controller, () => layers.borders], () => controller.value?.setVisible('divisions', layers.borders))
watch([controller, () => layers.reach], () => controller.value?.setVisible('reach', layers.reach))
for (const source of ['catchments', 'reaches', 'ways'] as const) watch([controller, () => layers[source]], () => controller.value?.setVisible(source, layers[source]))
watch([controller, () => layers.rivers], () => controller.value?.setVisible('basemap', layers.rivers, 'rivers'))
watch([controller, () => [...layers.facilities]], () => controller.value?.showFacilities([...layers.facilities]))

/** Whether the map still counts instead of showing each. */
export const isCoarse = () => view.zoom < SINGLE_FROM_ZOOM
