import { reactive, ref } from 'vue'
import { countOf } from '../api/odata'
import { serviceStatus, type Status } from '../api/service'
import { stage } from '../map/stage'
import { LEVELS, type Level } from '../register/words'

const byLevel = reactive<Record<Level, number | null>>({ Red: null, Orange: null, Yellow: null, Blue: null })
const hazards = ref<number | null>(null)
const facilities = ref<number | null>(null)
const isSynthetic = ref(false)

/** The figures of the top strip, counted by the service. */
export const totals = { byLevel, hazards, facilities, isSynthetic, take, recount, reread }

function take(status: Status): void {
  hazards.value = status.counts.hazards
  facilities.value = status.counts.facilities
  isSynthetic.value = status.synthetic
  stage.ways.value = status.ways
}

async function reread(): Promise<void> {
  take(await serviceStatus())
}

async function recount(): Promise<void> {
  await reread()
  await Promise.all(LEVELS.map(async (level) => (byLevel[level] = await countOf('Hazards', `RiskLevel eq '${level}'`))))
}
