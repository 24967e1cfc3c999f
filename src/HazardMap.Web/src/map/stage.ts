import { reactive, ref, shallowRef, watch, watchEffect } from 'vue'
import type { Box } from './geometry'
import type { Hovered, MapController } from './controller'
import { isDrawnAtFirst, type Layer } from './layers'
import { SINGLE_FROM_ZOOM } from './style'

const controller = shallowRef<MapController | null>(null)
const hovered = shallowRef<Hovered | null>(null)
const layers = shallowRef<Layer[]>([])
/** Which layers are drawn, by name, and which legend entries of them are not. */
const shown = reactive<Record<string, boolean>>({})
const off = reactive<Record<string, string[]>>({})
const view = reactive({ zoom: 0, inset: { right: 0, bottom: 0 } as { right?: number; bottom?: number } })
const extent = shallowRef<Box | null>(null)
const attribution = ref('')
/** The circle around a selected water within which the rule in force counts children. */
const cutoff = reactive({ isShown: true, metres: null as number | null })

/** What the map shows, for everybody who switches layers or points at places; the controller follows. */
export const stage = { controller, hovered, layers, shown, off, view, extent, attribution, cutoff }

watch(layers, (served) => {
  for (const layer of served) shown[layer.name] ??= isDrawnAtFirst(layer)
})
watchEffect(() => {
  for (const layer of layers.value) {
    if (layer.shown !== 'never') controller.value?.showLayer(layer, shown[layer.name] ?? isDrawnAtFirst(layer), off[layer.name] ?? [])
  }
})
watchEffect(() => controller.value?.showCutoff(cutoff.isShown))

/** Draws an entry of a layer's legend, or leaves it out. */
export function toggleEntry(layer: string, value: string): void {
  const without = off[layer] ?? []
  off[layer] = without.includes(value) ? without.filter((one) => one !== value) : [...without, value]
}

/** Whether the map still counts instead of showing each. */
export const isCoarse = () => view.zoom < SINGLE_FROM_ZOOM
