import { signedIn } from './session'

/**
 * Whether who is logged in may change a property of a set's entities somewhere, so that screens leave out what would be refused; the
 * service decides, row by row. Before it is known who that is, everything is shown.
 */
export function maySet(set: string, property: string): boolean {
  const may = signedIn.value?.may
  return !may || may.includes(`${set}.Update`) || may.includes(`${set}.${property}`)
}

/** The same of an entity that is added, and of an action whose callers are named. */
export function mayAdd(set: string): boolean {
  const may = signedIn.value?.may
  return !may || may.includes(`${set}.Insert`)
}
export function mayCall(set: string, action: string): boolean {
  const may = signedIn.value?.may
  return !may || may.includes(`${set}.${action}`)
}

/** Whether he sees the whole register: what measures it as a whole is for nobody else. */
export const seesEverything = (): boolean => signedIn.value?.everywhere !== false
