import { dayKey, timeOfDay } from '../../../../lib/format.ts'

const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

/** The whole of a cell that may be cut off; a time also as the clock here shows it. */
export function cellTitle(text: string): string {
  const at = isTime.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? text : `${text}\n${dayKey(at)} ${timeOfDay(at)} here`
}
