import { computed, ref } from 'vue'
import { coverageRuns } from './runs'
import { coverage } from './quick'

export const PAGES = ['quick', 'runs'] as const

/** Which of the two ways to ask is open; the map shows its answer. */
export const page = ref<(typeof PAGES)[number]>('quick')
export const shown = computed(() => (page.value === 'quick' ? coverage.shown.value : coverageRuns.shown.value))

export function describe(code: string): string | null {
  return page.value === 'quick' ? coverage.describe(code) : coverageRuns.describe(code)
}
