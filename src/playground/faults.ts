/** What can be made to go wrong on purpose, so that a client's answer to it can be seen. */
export const faultDescriptions = {
  'expired-tokens': 'The provider issues access tokens that have already run out.',
  'wrong-audience': 'The provider issues access tokens for another API.',
  'rotated-keys': 'The provider signs with new keys; what the old keys signed is no longer accepted.',
  'too-many-requests': 'The API answers 429 Too Many Requests to every call.',
  'clock-skew': 'The clock of the API is ten minutes ahead.',
} as const

export type FaultName = keyof typeof faultDescriptions

const faultNames = Object.keys(faultDescriptions) as FaultName[]

/** How far the API's clock is ahead under the fault `clock-skew`, in seconds. */
export const clockSkewSeconds = 600

export type Faults = {
  has: (name: FaultName) => boolean
  set: (name: FaultName, on: boolean) => void
  list: () => FaultName[]
}

/** The faults that are switched on now; none is at the start, and none is kept. */
export function createFaults(): Faults {
  const on = new Set<FaultName>()
  return {
    has: (name) => on.has(name),
    set: (name, wanted) => void (wanted ? on.add(name) : on.delete(name)),
    list: () => faultNames.filter((name) => on.has(name)),
  }
}
