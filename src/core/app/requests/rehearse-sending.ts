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
  accountId: null,
}

/** Sends a request to no one and writes nothing down: all that a sending goes through is compiled by then, for which the
 *  user's first click would wait. Answers with what came, as any sending does. */
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
  return () => send({ sendId: deps.newId(), draft: sample })
}
