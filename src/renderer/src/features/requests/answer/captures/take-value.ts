import { createContext } from 'react'
import type { RequestDraft } from '@contract/requests.ts'

/** A value of a response: its place as a JSONPath, and its text. */
export interface Taken {
  path: string
  value: string
}

/** Adds a capture or a check of a value to the request that is shown beside the response. */
export type TakeValue = (taken: Taken, as: 'capture' | 'check') => void

export const TakesValue = createContext<TakeValue | undefined>(undefined)

/** Longer values are not compared with: only that they are there. */
const longestExpected = 200

/** The request with a capture or a check more. A variable gets the name of the value, with a number where that is taken. */
export function withTaken(
  { captures = [], checks = [] }: Pick<RequestDraft, 'captures' | 'checks'>,
  { path, value }: Taken,
  as: 'capture' | 'check',
): Partial<RequestDraft> {
  if (as === 'check') return { checks: [...checks, { expression: path, ...expected(value), enabled: true }] }
  const names = new Set(captures.map(({ name }) => name))
  const called = nameIn(path)
  let name = called
  for (let number = 2; names.has(name); number += 1) name = `${called}${number}`
  return { captures: [...captures, { name, expression: path, scope: 'runtime', enabled: true }] }
}

/** What a check compares a value with. Of objects and lists, long and masked values it is whether they are there. */
function expected(value: string): { operator: string; value: string } {
  const isPlain = value !== '' && value.length <= longestExpected && !/^[[{]|[\r\n•]/.test(value)
  return isPlain ? { operator: 'eq', value } : { operator: 'isDefined', value: '' }
}

/** The last name of a JSONPath, as a variable can have it. */
function nameIn(path: string): string {
  const names = path.match(/[\w-]+/g)?.filter((part) => /[a-z_]/i.test(part)) ?? []
  return names.at(-1) ?? 'value'
}
