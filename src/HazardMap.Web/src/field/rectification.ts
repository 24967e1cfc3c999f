import { all } from '../api/odata'
import type { Person, Rectification } from '../api/model'
import { send } from './send'

export const STEPS = ['Assign', 'Complete', 'Verify', 'Close', 'Reopen'] as const
export type StepName = (typeof STEPS)[number]

/** The parameter that says who, for the steps that need one. */
export const WHO: Partial<Record<StepName, string>> = {
  Assign: 'AssignedToId', Complete: 'DoneById', Verify: 'VerifiedById',
}

export type ListedRectification = Rectification & { AssignedTo: Person | null }

/** Defects of a water, the open ones and the newest first. */
export async function rectificationsOf(hazard: string, signal?: AbortSignal): Promise<ListedRectification[]> {
  const rows = await all<ListedRectification>('Rectifications',
    { filter: `HazardId eq ${hazard}`, orderBy: 'FoundAt desc', top: 20, expand: 'AssignedTo($select=Name)' }, signal)
  return [...rows.filter(({ State }) => State !== 'Closed'), ...rows.filter(({ State }) => State === 'Closed')]
}

/** What may be done with a defect now: the service says it. */
export function nextSteps({ NextSteps }: Pick<Rectification, 'NextSteps'>): StepName[] {
  return STEPS.filter((step) => NextSteps?.split(',').includes(step))
}

/** People of a division and of those above it, the nearest first. */
export function peopleFor(division: string, signal?: AbortSignal): Promise<Person[]> {
  return all<Person>('People',
    { filter: `startswith('${division}',DivisionCode)`, orderBy: 'DivisionCode desc,Name', top: 200,
      select: ['Id', 'Name', 'Unit', 'Post'] }, signal)
}

/** Takes a step; throws the ApiError that says why it may not be taken. */
export function take(id: string, step: StepName, parameters: Record<string, unknown>): Promise<void> {
  return send([{ url: `Rectifications(${id})/HazardMap.${step}`, body: parameters }])
}
