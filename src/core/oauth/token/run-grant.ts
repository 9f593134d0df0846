import { defined } from '@contract/defined'
import { prepareClient } from '../client/client.ts'
import type { LibraryCall } from '../client/library-call.ts'
import { answerShape } from './answer-shape.ts'
import { faultIn, grantedTokens, judged, type TokenRequestContext } from './granted.ts'
import { unprepared, type TokenFailure } from './token-failure.ts'
import type { TokenRequestKind } from './token-request-kind.ts'
import {
  askLibrary,
  type GrantedTokens,
  type IdTokenSituation,
  type RawAnswer,
  type TokenResult,
} from './token-request.ts'

/** One way to get tokens: what is particular about it. The order of things is `runGrant`'s. */
export interface Grant {
  kind: TokenRequestKind
  /** Asks through the library, once. */
  ask: (call: LibraryCall) => Promise<unknown>
  /** Changes what the library is about to send. */
  amend?: (form: URLSearchParams) => void
  /** Whether a response without an ID token is refused. */
  needsIdToken: boolean
  /** What an ID token has to fit. */
  idToken: IdTokenSituation
  /** Told of a response that came and is not believed. */
  distrusted?: (answer: RawAnswer, why: TokenFailure) => void
}

/** Prepares the client, asks, softens the response, judges it and its ID token, and says what was granted: the one way
 *  to tokens for every grant. Codes: `token_*`, `id_token_*`, `refresh_other_subject`, `connection_*`,
 *  `endpoint_*`. */
export async function runGrant(
  grant: Grant,
  context: TokenRequestContext,
): Promise<TokenResult<GrantedTokens>> {
  const { connection, clientSecret, keys, judgeIdToken, fetch, now, signal } = context
  const prepared = await prepareClient(connection, clientSecret, keys)
  if (!prepared.ok) return { ok: false, error: unprepared(prepared.error) }
  let came: RawAnswer | undefined
  const asked = await askLibrary(prepared.value, grant.ask, {
    kind: grant.kind,
    fetch,
    now,
    ...answerShape(connection.settings, now),
    ...defined({ keys, signal, amend: grant.amend }),
    judge: (answer) => {
      came = answer
      return faultIn(answer, { ...defined({ keys }), needsIdToken: grant.needsIdToken })
    },
  })
  const outcome = asked.ok
    ? await judged(grantedTokens(asked.value.answer, context), judgeIdToken, grant.idToken)
    : asked
  if (!outcome.ok && came !== undefined) grant.distrusted?.(came, outcome.error)
  return outcome
}
