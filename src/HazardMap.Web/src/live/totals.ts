import { reactive, ref } from 'vue'
import { countOf } from '../api/odata'
import { serviceStatus, type Status } from '../api/service'
import { RISK_LEVELS, type RiskLevel } from '../api/model'
import { waysState } from '../ways/state'

const byLevel = reactive(Object.fromEntries(RISK_LEVELS.map((level) => [level, null])) as Record<RiskLevel, number | null>)
const hazards = ref<number | null>(null)
const facilities = ref<number | null>(null)
const isSynthetic = ref(false)

/** The figures of the top strip, counted by the service. */
export const totals = { byLevel, hazards, facilities, isSynthetic, take, recount, reread }

function take(status: Status): void {
  hazards.value = status.counts.hazards
  facilities.value = status.counts.facilities
  isSynthetic.value = status.synthetic
  waysState.value = status.ways
}

async function reread(): Promise<void> {
  take(await serviceStatus())
}

async function recount(): Promise<void> {
  await reread()
  await Promise.all(RISK_LEVELS.map(async (level) => (byLevel[level] = await countOf('Hazards', `RiskLevel eq '${level}'`))))
}
