import type { Hazard } from '../api/model'

/** Whether somebody must look after the water: neither closed nor filled in. */
export const isInForce = (status: Hazard['Status'] | string): boolean => status !== 'Closed' && status !== 'Filled'
