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

/** After as many, what a sending goes through is compiled well: it takes half the time of the first ones. */
const times = 30

/** Sends requests to no one, one a turn, and writes nothing down: all that a sending goes through is compiled by then, for which the
 *  user's first click would wait. Answers with what came of the last, as any sending does. */
export function createRehearseSending(
  deps: SendDependencies,
  rehearse: SendDependencies['send'],
): () => Promise<Result<ExchangeView>> {
  const { send } = createSendRequest({
    ...deps,
    send: rehearse,
    exchanges: { ...deps.exchanges, add: () => undefined },
    heldParts: createHeldParts(deps.session),
    ...(deps.arrivals && { arrivals: { ...deps.arrivals, told: () => undefined } }),
  })
  const once = (): Promise<Result<ExchangeView>> => send({ sendId: deps.newId(), draft: sample })
  return async () => {
    for (let time = 1; time < times; time += 1) {
      const sent = await once()
      if (!sent.ok) return sent
      // Whoever calls meanwhile is answered in between.
      await deps.wait(0)
    }
    return once()
  }
}
