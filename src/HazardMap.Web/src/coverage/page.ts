import { computed, ref } from 'vue'
import { study } from './runs'
import { coverage } from './quick'

export const PAGES = ['quick', 'study'] as const

/** Which of the two ways to ask is open; the map shows its answer. */
export const page = ref<(typeof PAGES)[number]>('quick')
export const shown = computed(() => (page.value === 'quick' ? coverage.shown.value : study.shown.value))

export function describe(code: string): string | null {
  return page.value === 'quick' ? coverage.describe(code) : study.describe(code)
}
