import { computed, shallowRef } from 'vue'
import { getJson } from '../api/http'
import type { RiskRule } from '../api/model'
import { urlOf } from '../api/odata'

const PROPERTIES = ['Version', 'Model', 'CutoffMetres', 'RedAtLeast', 'OrangeAtLeast', 'YellowAtLeast'] as const
/** What the app needs of a rule: what its scores are, where levels begin; children farther away than its cut-off do not count. */
export type RuleInForce = Pick<RiskRule, (typeof PROPERTIES)[number]>

/** The rule that waters are scored with; null until it has been read. */
export const ruleInForce = shallowRef<RuleInForce | null>(null)

/** Whether scores are deaths expected in 1,000 years; else they are points without a unit. */
export const isOfTrips = computed(() => ruleInForce.value?.Model === 'Trips')

/** Where levels begin. */
export const levelBounds = computed(() => {
  const rule = ruleInForce.value
  return rule ? [rule.RedAtLeast, rule.OrangeAtLeast, rule.YellowAtLeast] : []
})

export async function readRuleInForce(): Promise<void> {
  const url = urlOf('RiskRules', { filter: 'IsActive eq true', select: PROPERTIES })
  ruleInForce.value = (await getJson<{ value: RuleInForce[] }>(url)).value[0] ?? null
}
