import { fail, ok, type Result } from '@contract/result'
import { loadLibrary } from '../client/client.ts'
import { libraryFault } from '../client/library-call.ts'
import { fromBase64url } from '../wire/encoding.ts'
import { byConnection, networkFailureOf, type Fetch } from '../wire/fetch.ts'
import { parseObject } from '../../text/parse-object.ts'
import type { Connection } from '../../records/model.ts'

const lookAgain = 'Start the sign-in again from Gatehouse.'

/** The parameters inside a signed authorization response (JARM section 4.1), not yet believed: `state` has to be
 *  known to find the sign-in whose provider must have signed it. Codes: `callback_encrypted`,
 *  `callback_malformed`. */
export function readSignedResponse(response: string): Result<[string, string][]> {
  if (response.split('.').length === 5) {
    return fail(
      'callback_encrypted',
      'The provider encrypted its response (JARM). Gatehouse has no key for that.',
      'Turn the encryption of authorization responses off for this client; signing is supported.',
    )
  }
  const malformed = fail(
    'callback_malformed',
    'The signed response (JARM) is not a JWT, so it was not used.',
    lookAgain,
  )
  const payload = /^[^.]*\.([\w-]+)\.[^.]*$/.exec(response)?.[1]
  if (payload === undefined) return malformed
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(payload))
    const claims = parseObject(text)
    if (claims === undefined) return malformed
    return ok(
      Object.entries(claims).flatMap(([name, value]): [string, string][] =>
        typeof value === 'string' && name !== 'aud' ? [[name, value]] : [],
      ),
    )
  } catch {
    return malformed
  }
}

/** Checks a signed authorization response: signature, `iss`, `aud`, `exp` and `state` (JARM section 4.4).
 *  Codes: `callback_signature`, `callback_keys`. */
export async function checkSignedResponse(
  response: string,
  state: string,
  { connection, fetch }: { connection: Connection; fetch: Fetch },
): Promise<Result<null>> {
  const library = await loadLibrary()
  const { clientId, metadata } = connection
  const announced = metadata['authorization_signing_alg_values_supported']
  // The library takes no signature that needs no key of the provider's, whatever is announced.
  const algorithms = Array.isArray(announced) ? announced : undefined
  try {
    await library.validateJwtAuthResponse(
      { ...metadata, authorization_signing_alg_values_supported: algorithms },
      { client_id: clientId, [library.clockTolerance]: 30 },
      new URLSearchParams([['response', response]]),
      state,
      { [library.customFetch]: byConnection(fetch, connection), [library.allowInsecureRequests]: true },
    )
    return ok(null)
  } catch (thrown) {
    const network = networkFailureOf(thrown)
    if (network !== undefined) {
      return fail(
        'callback_keys',
        `The provider’s keys could not be fetched, so its signed response was not trusted. ${network.message}`,
        'The sign-in is still waiting: try again when the provider can be reached.',
      )
    }
    // An error that the provider signed: its signature was checked before it was read.
    if (thrown instanceof library.AuthorizationResponseError) return ok(null)
    const fault = libraryFault(thrown)
    if (fault === undefined) throw thrown
    return fail(
      'callback_signature',
      `The signed response (JARM) was not used: ${inWords(fault)}.`,
      'Nothing was changed. It may be forged; the genuine response can still come.',
    )
  }
}

const compared: Record<string, string> = {
  aud: 'it is for another client (aud)',
  iss: 'it comes from another issuer (iss)',
  exp: 'it has expired (exp)',
  nbf: 'it is not valid yet (nbf)',
}

/** What the library found, in words of our own: by its codes and by the claim that it names. */
function inWords({ code, cause }: { code: string; cause?: unknown }): string {
  const about = typeof cause === 'object' && cause !== null ? cause : {}
  const claim = 'claim' in about && typeof about.claim === 'string' ? compared[about.claim] : undefined
  if (claim !== undefined) return claim
  if (code === 'OAUTH_KEY_SELECTION_FAILED') return 'no single published key fits its signature (kid, alg)'
  if ('reason' in about) return 'its signature algorithm (alg) is not one that the provider announces'
  if ('header' in about) return 'its header requires something that cannot be checked'
  if ('claims' in about) return 'a claim that it needs (iss, aud, exp) is missing or has the wrong form'
  if ('key' in about || 'data' in about) return 'its signature does not match the provider’s published key'
  return code === 'OAUTH_PARSE_ERROR'
    ? 'its header or its content is not JSON'
    : 'its signature, state or form is not what the sign-in expects'
}
