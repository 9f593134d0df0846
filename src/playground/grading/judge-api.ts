import type { Observation } from './observation.ts'
import type { Bench } from './bench.ts'

/** What comes to the API, to userinfo and to every other endpoint of the provider. */
export function judgeApi(seen: Observation, { look, codes, accessTokens }: Bench): void {
  const { query, form, headers, endpoint, error } = seen
  const stray = query.get('code') ?? form?.get('code')
  const code = stray ? codes.get(stray) : undefined
  if (code) look('code-one-place', `the code was sent to ${endpoint}`, code.client)
  const inUrl = query.get('access_token')
  if (endpoint !== 'api' && endpoint !== 'userinfo') {
    if (inUrl !== null) look('token-not-in-url', `the address of ${endpoint} has an access token`)
    return
  }
  const [, scheme = '', sent = ''] = /^(\S+) +(\S+)$/.exec(String(headers.authorization ?? '')) ?? []
  const token = inUrl ?? sent
  const known = accessTokens.get(token)
  const client = known?.client ?? seen.client
  if (token !== '')
    look('token-not-in-url', inUrl !== null && `the address of ${endpoint} has an access token`, client)
  if (!known) return
  // `unsound` is known of tokens only that came with a fault: the check has its occasion by that.
  if (known.isUnsound) {
    look('id-token-checked', 'an access token issued with an invalid ID token was used', client)
  }
  if (known.isExpired)
    look('expired-token-dropped', 'a token that had been refused as expired was sent again', client)
  if (error === 'token_expired') {
    accessTokens.set(token, { ...known, isExpired: true })
    if (!known.isExpired) look('expired-token-dropped', false, client)
  }
  if (headers.dpop !== undefined && scheme.toLowerCase() === 'dpop')
    look(
      'dpop-proof',
      (error === 'proof_invalid' || error === 'invalid_dpop_proof') &&
        (seen.reason ?? 'the proof is not valid'),
      client,
    )
  if (error === 'proof_missing')
    look('dpop-used', 'a token that is bound to a key was sent without a proof', client)
  else if (scheme.toLowerCase() === 'dpop') look('dpop-used', false, client)
}
