import type { BridgeCalls } from '../../src/preload/calls/calls.ts'
import { channelNames } from '../../src/preload/calls/channels.ts'
import type { PageBridge, Pushes } from '../../src/preload/calls/pushes.ts'
import { fail } from '../../src/core/contract/result.ts'

type Listener = (payload: never) => void

export interface FakeBridge {
  bridge: PageBridge<BridgeCalls>
  /** Every call in order. */
  calls: { name: string; input: unknown }[]
  push: <Name extends keyof Pushes>(name: Name, payload: Pushes[Name]) => void
}

/** The page's world in memory: answers as given; a call without an answer fails with `not_answered`. */
export const createFakeBridge = (answers: Partial<BridgeCalls> = {}): FakeBridge => {
  const calls: FakeBridge['calls'] = []
  const listeners = new Map<string, Set<Listener>>()
  const call = Object.fromEntries(
    channelNames.map((name) => [
      name,
      async (input: unknown) => {
        calls.push({ name, input })
        const answer = answers[name] as ((given: unknown) => Promise<unknown>) | undefined
        return answer ? answer(input) : fail('not_answered', `The fake bridge has no response to ${name}.`)
      },
    ]),
  ) as unknown as BridgeCalls
  return {
    calls,
    push: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never)
    },
    bridge: {
      call,
      on: (name, listener) => {
        const set = listeners.get(name) ?? new Set<Listener>()
        listeners.set(name, set.add(listener))
        return () => set.delete(listener)
      },
    },
  }
}
