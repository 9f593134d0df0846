import type { Result } from '@contract/result'
import type { AuthorizationRequest } from '../../oauth/authorization/authorization-request.ts'
import type { RandomBytes } from '../../oauth/wire/encoding.ts'
import type { Fetch } from '../../oauth/wire/fetch.ts'
import { isPushed, requestAuthorization } from '../../oauth/authorization/pushed-request.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock } from '../../records/ports.ts'
import type { ClientKeyRing } from '../connections/client-keys.ts'
import type { FlowRecorder } from '../flows/flow-recorder.ts'
import { factsOf, steppedUp, type SignInWish } from './sign-in-facts.ts'

/** What is needed to make authorization requests. */
export interface AuthorizeDependencies {
  clock: Clock
  randomBytes: RandomBytes
  clientKeys: ClientKeyRing
  fetch: Fetch
  recorder: FlowRecorder
}

/** Makes the authorization request of a sign-in. One that is handed in directly (RFC 9126) begins the flow, as
 *  a message crosses the wire. Codes: those of the client's keys and of `requestAuthorization`. */
export function createAuthorize(deps: AuthorizeDependencies) {
  return async (
    connection: Connection,
    id: string,
    { wish, ...asked }: { redirectUri: string; scope?: string; wish: SignInWish },
  ): Promise<Result<AuthorizationRequest>> => {
    const parts = await deps.clientKeys.open(connection)
    if (!parts.ok) return parts
    const { userId } = connection
    const flow = isPushed({ connection })
      ? deps.recorder.signIn.begun(userId, id, factsOf(connection))
      : undefined
    const request = await requestAuthorization(
      {
        connection: steppedUp(connection, wish),
        ...parts.value,
        fetch: flow?.fetch ?? deps.fetch,
        now: () => deps.clock.now(),
      },
      { ...asked, randomBytes: deps.randomBytes },
    )
    if (!request.ok && flow) deps.recorder.signIn.ended(userId, id, request)
    return request
  }
}
