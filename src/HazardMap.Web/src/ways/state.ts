import { shallowRef } from 'vue'
import type { WaysState } from '../api/service'

/** How far the ways to school are behind the register; null until they were computed the first time. */
export const waysState = shallowRef<WaysState | null>(null)
