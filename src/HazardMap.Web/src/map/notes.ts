import { defineAsyncComponent, type Component } from 'vue'
import WaysNote from '../ways/WaysNote.vue'

/** Remarks that only this app can make, by the name that a layer's style gives (`hazardmap:note`). */
export const NOTES: Record<string, Component> = {
  ways: WaysNote,
  trips: defineAsyncComponent(() => import('../risk/TripLegend.vue')),
}
