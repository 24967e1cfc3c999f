import type { DeadlinessClass, Hazard, RiskLevel } from '../api/model'
import type { RuleInForce } from './rule'

/** Visits a day in the summer holidays that the legend speaks of, and deadliness in the middle of each class. */
export const LEGEND_VISITS = [0.1, 0.3, 1, 3] as const
export const LEGEND_DEADLINESS: readonly (readonly [DeadlinessClass, number])[] = [['IV', 2.4], ['III', 1.4], ['II', 0.8], ['I', 0.45]]

type Scored = Pick<Hazard, 'RiskScore' | 'Visits' | 'DeadlinessRatio'>

/** Deaths expected in 1,000 years for one visit a day of mean deadliness, as it is at the waters told (their median); null: at none. */
export function deathsAVisit(waters: readonly Scored[]): number | null {
  const each = waters.map((one) => one.RiskScore! / (one.Visits! * one.DeadlinessRatio!)).filter(Number.isFinite).sort((a, b) => a - b)
  return each.length > 0 ? each[each.length >> 1]! : null
}

export function levelOf(score: number, rule: Pick<RuleInForce, 'RedAtLeast' | 'OrangeAtLeast' | 'YellowAtLeast'>): RiskLevel {
  if (score >= rule.RedAtLeast) return 'Red'
  return score >= rule.OrangeAtLeast ? 'Orange' : score >= rule.YellowAtLeast ? 'Yellow' : 'Blue'
}
