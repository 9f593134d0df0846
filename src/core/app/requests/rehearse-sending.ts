import type { ExchangeView, RequestDraft } from '@contract/requests'
import type { Result } from '@contract/result'
import { createHeldParts } from './held/held-parts.ts'
import { createSendRequest } from './send-request.ts'
import type { SendDependencies } from './sending.ts'

/** This computer, which most settings reach directly. */
const sample: RequestDraft = {
  method: 'GET',
  url: 'http://127.0.0.1/',
  query: [],
  headers: [{ name: 'Accept', value: 'application/json', enabled: true }],
  body: { kind: 'none' },
  checks: [{ expression: 'res.status', operator: 'eq', value: '200', enabled: true }],
  accountId: null,
}

/** After as many, what a sending goes through is compiled well: it takes a third of the time of the first ones. Together
 *  they take a third of a second, spread over three. */
const times = 200
/** Milliseconds between two of them: whoever calls meanwhile is answered in between. */
const pause = 10

/** Sends requests to no one, with pauses, and writes nothing down: all that a sending goes through is compiled by then, for which the
 *  user's first click would wait. Answers with what came of the first, as any sending does; `onDone` is told when all are over. */
export function createRehearseSending(
  deps: SendDependencies,
  rehearse: SendDependencies['send'],
): (onDone?: () => void) => Promise<Result<ExchangeView>> {
  const { send } = createSendRequest({
    ...deps,
    send: rehearse,
    exchanges: { ...deps.exchanges, add: () => undefined },
    heldParts: createHeldParts(deps.session),
    ...(deps.arrivals && { arrivals: { ...deps.arrivals, told: () => undefined } }),
  })
  const once = (): Promise<Result<ExchangeView>> => send({ sendId: deps.newId(), draft: sample })
  async function others(): Promise<void> {
    for (let time = 1; time < times; time += 1) {
      await deps.wait(pause)
      const sent = await once()
      if (!sent.ok) return
    }
  }
  let prepared: Promise<void> | undefined
  return async (onDone = () => undefined) => {
    const first = await once()
    if (!first.ok) return first
    // Once for all pages. Someone locks or closes meanwhile: there is nothing left to prepare then.
    prepared ??= others().catch(() => undefined)
    void prepared.then(onDone)
    return first
  }
}
