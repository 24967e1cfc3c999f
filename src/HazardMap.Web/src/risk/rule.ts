import { shallowRef } from 'vue'
import { getJson } from '../api/http'
import type { RiskRule } from '../api/model'
import { urlOf } from '../api/odata'

/** What the map and the explanations need of a rule: children farther away than its cut-off do not count. */
export type RuleInForce = Pick<RiskRule, 'Version' | 'CutoffMetres'>

/** The rule that waters are scored with; null until it has been read. */
export const ruleInForce = shallowRef<RuleInForce | null>(null)

export async function readRuleInForce(): Promise<void> {
  const url = urlOf('RiskRules', { filter: 'IsActive eq true', select: ['Version', 'CutoffMetres'] })
  ruleInForce.value = (await getJson<{ value: RuleInForce[] }>(url)).value[0] ?? null
}
