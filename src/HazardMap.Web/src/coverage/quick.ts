import { computed, reactive, ref, shallowRef } from 'vue'
import { ApiError, isAbort } from '../api/http'
import { coverageOf, type Coverage, type CoverageQuestion } from '../api/service'
import { formats } from '../i18n'
import { coverageColour } from './palette'

const question = reactive<CoverageQuestion>({ kind: 'SwimmingPool', within: 5000, demand: 'children', level: 'Township' })
const answer = shallowRef<Coverage | null>(null)
/** The level the answer was asked for: the controls may have moved on. */
const answeredLevel = ref<string>('Township')
const isBusy = ref(false)
const failure = shallowRef<ApiError | null>(null)
let running: AbortController | null = null

const byCode = computed(() => new Map(answer.value?.divisions.map((division) => [division.code, division])))

/** One question about coverage and its answer; the map colours divisions from it. */
export const coverage = {
  question, answer, isBusy, failure, ask, describe,
  /** What the map draws of the answer. */
  shown: computed(() => answer.value && {
    level: answeredLevel.value,
    kind: answer.value.kind,
    colours: new Map(answer.value.divisions.map((one) => [one.code, coverageColour(one.demand > 0 ? one.share : null)])),
  }),
}

async function ask(): Promise<void> {
  running?.abort()
  running = new AbortController()
  isBusy.value = true
  failure.value = null
  try {
    const asked = { ...question }
    const answered = await coverageOf(asked, running.signal)
    answeredLevel.value = asked.level
    answer.value = answered
  } catch (error) {
    if (isAbort(error)) return
    failure.value = ApiError.of(error)
  }
  isBusy.value = false
}

function describe(code: string): string | null {
  const found = byCode.value.get(code)
  if (!found || found.demand === 0) return null
  return `${formats.value.share(found.share)} · ${formats.value.integer(found.covered)} / ${formats.value.integer(found.demand)}`
}
