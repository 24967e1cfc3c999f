import { computed, ref, shallowRef, watch } from 'vue'
import { ApiError, isAbort } from '../api/http'
import type { CoverageLevel } from '../api/service'
import { cancelRun, divisionResults, latestRuns, readRun, startRun, type DivisionResult, type CoverageOrder } from '../api/coverage'
import type { CoverageRun } from '../api/model'
import { formats, i18n } from '../i18n'
import { lessIsBetter, measureText, valueOf, wayText, type Measure } from './measures'
import { changeScale, quantileScale, shareScale } from './scale'

const RUNS_LISTED = 30
const ASK_AGAIN_MS = 600

const runs = shallowRef<CoverageRun[]>([])
const run = shallowRef<CoverageRun | null>(null)
const baseline = shallowRef<CoverageRun | null>(null)
const level = ref<CoverageLevel>('Township')
const measure = ref<Measure>('Share')
const divisions = shallowRef<DivisionResult[]>([])
const before = shallowRef<Map<string, DivisionResult>>(new Map())
const failure = shallowRef<ApiError | null>(null)
let reading: AbortController | null = null
let asking = 0

const isOpen = computed(() => run.value?.State === 'Queued' || run.value?.State === 'Running')
const way = computed(() => wayText(formats.value, run.value?.Unit ?? 'Metres', i18n.global.t('run.minutes')))
const text = computed(() => measureText(formats.value, measure.value, way.value))
const values = computed(() => new Map(divisions.value.map((one) => [one.Code, valueOf(one, measure.value)])))
/** What changed from the run it is compared with; null where either says nothing. */
const changes = computed(
  () =>
    new Map(
      divisions.value.map((one) => {
        const [now, then] = [valueOf(one, measure.value), before.value.get(one.Code)]
        const was = then ? valueOf(then, measure.value) : null
        return [one.Code, now === null || was === null ? null : now - was]
      }),
    ),
)
const scale = computed(() => {
  if (baseline.value) return changeScale([...changes.value.values()], text.value, { lessIsBetter: lessIsBetter(measure.value) })
  return measure.value === 'Share'
    ? shareScale()
    : quantileScale([...values.value.values()], text.value, { smallIsDark: lessIsBetter(measure.value) })
})
const colours = computed(
  () => new Map([...(baseline.value ? changes : values).value].map(([code, value]) => [code, scale.value.colourOf(value)])),
)

watch([() => run.value?.Id, () => run.value?.State, level, () => baseline.value?.Id], () => void readDivisions())

/** Coverage runs: ordering, watching, and what the one that is open came to. */
export const coverageRuns = {
  runs,
  run,
  baseline,
  level,
  measure,
  divisions,
  values,
  changes,
  scale,
  colours,
  failure,
  isOpen,
  way,
  text,
  list,
  order,
  open,
  cancel,
  close,
  describe,
  /** What the map draws of it. */
  shown: computed(() => (run.value?.State === 'Done' ? { level: level.value, kind: run.value.Kind, colours: colours.value } : null)),
}

async function list(): Promise<void> {
  await guarded(async () => {
    runs.value = await latestRuns(RUNS_LISTED)
  })
}

async function order(wanted: CoverageOrder): Promise<void> {
  await guarded(async () => {
    open(await startRun(wanted))
    await list()
  })
}

function open(chosen: CoverageRun): void {
  if (baseline.value?.Unit !== chosen.Unit || baseline.value.Id === chosen.Id) baseline.value = null
  run.value = chosen
  follow()
}

function close(): void {
  window.clearTimeout(asking)
  run.value = baseline.value = null
  divisions.value = []
}

/** Asks how far the run is until it is over. */
function follow(): void {
  window.clearTimeout(asking)
  if (!isOpen.value) return
  const { Id } = run.value!
  asking = window.setTimeout(
    () =>
      void guarded(async () => {
        const now = await readRun(Id)
        if (run.value?.Id !== Id) return
        run.value = now
        if (isOpen.value) follow()
        else await list()
      }),
    ASK_AGAIN_MS,
  )
}

async function cancel(): Promise<void> {
  await guarded(() => cancelRun(run.value!.Id))
}

async function readDivisions(): Promise<void> {
  reading?.abort()
  if (run.value?.State !== 'Done') return void (divisions.value = [])
  const { signal } = (reading = new AbortController())
  const [now, then] = [run.value.Id, baseline.value?.Id]
  await guarded(async () => {
    const [rows, old] = await Promise.all([
      divisionResults(now, level.value, signal),
      then ? divisionResults(then, level.value, signal) : [],
    ])
    before.value = new Map(old.map((one) => [one.Code, one]))
    divisions.value = rows
  })
}

async function guarded(work: () => Promise<void>): Promise<void> {
  failure.value = null
  try {
    await work()
  } catch (error) {
    if (isAbort(error)) return
    failure.value = ApiError.of(error)
  }
}

function describe(code: string): string | null {
  const value = values.value.get(code) ?? null
  if (value === null) return null
  const change = baseline.value ? (changes.value.get(code) ?? null) : null
  return text.value(value) + (change === null ? '' : ` (${signed(change)})`)
}

export function signed(change: number): string {
  return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${text.value(Math.abs(change))}`
}
