import type { StudyRun } from '../api/coverage'

/** A run by its name, or by what it asked. */
export function runTitle(run: StudyRun, t: (key: string) => string): string {
  return run.Name ?? `${t(`facility.${run.Kind}`)} → ${run.Demand === 'Facilities' && run.DemandKinds ? t(`facility.${run.DemandKinds.split(' ')[0]}`) : t(`study.demands.${run.Demand}`)}`
}
