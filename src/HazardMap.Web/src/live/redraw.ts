import type { Layer } from '../map/layers'
import { stage } from '../map/stage'
import type { Change } from './changes'

const WHOLE_AFTER_MS = 800
const whole = new Set<string>()
let waiting = 0

/** Asks again for what a change touches, of the layers whose styles say that it redraws them (`hazardmap:redraw`). */
export function redraw({ entity, many, lon, lat }: Change): void {
  for (const layer of drawn()) {
    const how = layer.redraw[entity]
    if (how === 'place' && !many && lon !== undefined && lat !== undefined) stage.controller.value?.refresh(layer.name, { lon, lat })
    else if (how) redrawWhole(layer)
  }
}

export function redrawEverything(): void {
  for (const layer of drawn()) if (Object.keys(layer.redraw).length > 0) redrawWhole(layer)
}

/** One edit may change many rows that a layer draws: it is asked for once for all of them. */
function redrawWhole(layer: Layer): void {
  whole.add(layer.name)
  waiting ||= window.setTimeout(() => {
    waiting = 0
    for (const name of whole) stage.controller.value?.refresh(name)
    whole.clear()
  }, WHOLE_AFTER_MS)
}

const drawn = () => stage.layers.value.filter(({ name }) => stage.shown[name])
