import { fail, ok, type Result } from '@contract/result'
import { loadLibrary } from '../client/client.ts'
import { libraryFault } from '../client/library-call.ts'
import { networkFailureOf, type Fetch } from '../wire/fetch.ts'
import type { Connection } from '../../records/model.ts'

const lookAgain = 'Start the sign-in again from Gatehouse.'

/** The parameters inside a signed authorization response (JARM section 4.1), not yet believed: `state` has to be
 *  known to find the sign-in whose provider must have signed it. Codes: `callback_encrypted`,
 *  `callback_malformed`. */
export function readSignedResponse(response: string): Result<[string, string][]> {
  const parts = response.split('.')
  if (parts.length === 5) {
    return fail(
      'callback_encrypted',
      'The provider encrypted its response (JARM). Gatehouse has no key for that.',
      'Switch the encryption of authorization responses off for this client; signing is supported.',
    )
  }
  const malformed = fail(
    'callback_malformed',
    'The signed response (JARM) is not a JWT, so it was not used.',
    lookAgain,
  )
  const [, payload = ''] = parts
  if (parts.length !== 3 || !/^[\w-]+$/.test(payload)) return malformed
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    )
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return malformed
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
  const sound = Array.isArray(announced)
    ? announced.filter((name) => typeof name === 'string' && !/^(none|HS)/.test(name))
    : undefined
  try {
    await library.validateJwtAuthResponse(
      { ...metadata, authorization_signing_alg_values_supported: sound },
      { client_id: clientId, [library.clockTolerance]: 30 },
      new URLSearchParams([['response', response]]),
      state,
      { [library.customFetch]: fetch, [library.allowInsecureRequests]: true },
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
      `The signed response (JARM) is malformed: ${fault.message.slice(0, 200)}.`,
      'Nothing was changed. It may be forged; the genuine answer can still come.',
    )
  }
}
