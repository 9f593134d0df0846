import { fail, ok, type Result } from '@contract/result'
import type { ProviderMetadata } from '../../records/model.ts'
import type { SignInSecrets } from '../authorization/authorization-request.ts'
import type { Callback } from './callback.ts'
import { mayFill } from '../../text/issuer-hole.ts'
import { partsOf } from '../authorization/response-type.ts'

/** Checks `iss` of an authorization response, success or error alike (RFC 9207 section 2.4), before the
 *  code is used: a provider must not answer in another's name. It may be left out where an ID token is asked for in the
 *  answer, whose `iss` tells the same. Codes: `callback_iss_missing`,
 *  `callback_iss_mismatch`. */
export function checkCallbackIssuer(
  callback: Callback,
  metadata: ProviderMetadata,
  { responseType }: Pick<SignInSecrets, 'responseType'>,
): Result<Callback> {
  const { issuer } = callback
  if (issuer === undefined) {
    // An ID token names its issuer itself, and is judged before anything else of the response is used.
    const named = responseType !== undefined && partsOf(responseType).idToken
    return metadata.authorization_response_iss_parameter_supported === true && !named
      ? fail(
          'callback_iss_missing',
          'The provider announces that it identifies itself in its responses (iss), and this response does not. It may come from someone else.',
          'Nothing was changed. Start the sign-in again.',
        )
      : ok(callback)
  }
  if (!mayFill(metadata.issuer, issuer)) {
    return fail(
      'callback_iss_mismatch',
      'The response names another issuer than the one you are signing in at, so its code was not used.',
      'Nothing was changed. Start the sign-in again; if it keeps happening, ask the provider’s operator.',
    )
  }
  return ok(callback)
}
