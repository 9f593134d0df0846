import { defined } from '@contract/defined'
import type { Result } from '@contract/result'
import type { SignInSecrets } from '../../oauth/authorization/authorization-request.ts'
import type { AnsweredCallback } from '../../oauth/redirect/callback.ts'
import { exchangeCode } from '../../oauth/token/token-exchange.ts'
import type { Connection } from '../../records/model.ts'
import type { Clock } from '../../records/ports.ts'
import type { ClientKeyRing } from '../connections/client-keys.ts'
import type { FlowTrace } from '../flows/flow-trace.ts'
import type { IdTokenJudge } from '../tokens/judge-id-token.ts'
import type { StoreTokens } from './store-tokens.ts'

interface Dependencies {
  clock: Clock
  clientKeys: ClientKeyRing
  judge: IdTokenJudge
  storeTokens: StoreTokens
}

/** The second half of a sign-in: the code is exchanged, what comes back is judged, and account and token set
 *  are written together. Whatever fails leaves the account's earlier tokens as they were.
 *  Codes: those of `exchangeCode`, of the vault, `sign_in_not_stored`. */
export function createCompleteSignIn(deps: Dependencies) {
  return async (
    connection: Connection,
    secrets: SignInSecrets,
    callback: AnsweredCallback,
    flow: FlowTrace,
  ): Promise<Result<{ accountId: string }>> => {
    const parts = await deps.clientKeys.open(connection)
    if (!parts.ok) return parts
    const exchanged = await exchangeCode(callback, secrets, {
      connection,
      ...parts.value,
      fetch: flow.fetch,
      now: () => deps.clock.now(),
      judgeIdToken: deps.judge(connection, parts.value.clientSecret, flow),
    })
    if (!exchanged.ok) return exchanged
    return deps.storeTokens({
      connection,
      grant: 'authorization_code',
      granted: exchanged.value,
      scopeAsked: secrets.scopeAsked,
      ...defined({ resource: secrets.resource }),
      reason:
        secrets.responseType === undefined
          ? 'signed in through the browser'
          : `signed in through the browser, response type “${secrets.responseType}” (deprecated)`,
      title: 'Sign in',
      flow,
    })
  }
}
