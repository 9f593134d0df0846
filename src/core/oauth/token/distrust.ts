import type { TokenFailure } from './token-failure.ts'

const claims: Record<string, [code: string, message: string]> = {
  iss: ['id_token_issuer', 'The ID token was issued by somebody else than this provider.'],
  aud: ['id_token_audience', 'The ID token is meant for another client.'],
  azp: ['id_token_authorized_party', 'The ID token names another client as its authorized party.'],
  nonce: [
    'id_token_nonce',
    'The ID token does not carry the nonce of this sign-in: it may come from another one.',
  ],
  exp: ['id_token_expired', 'The ID token has run out already.'],
  nbf: ['id_token_not_yet_valid', 'The ID token is not valid yet.'],
  iat: ['id_token_issued_at', 'The ID token has an impossible time of issue.'],
  auth_time: ['id_token_auth_time', 'The sign-in that the ID token tells of is too long ago.'],
}

const next =
  'Nothing was stored. Tell whoever runs the provider, and check the issuer and client ID of the connection.'
const clockNext = 'Nothing was stored. Check the clock of this computer, then sign in again.'

/** Explains why oauth4webapi would not accept an answer that looked like success. `undefined` where the
 *  thrown thing is none of its judgements. Codes: `id_token_*`, `token_type_unknown`, `token_no_access_token`,
 *  `token_answer_malformed`. */
export function distrustOf(thrown: unknown): TokenFailure | undefined {
  const code = property(thrown, 'code')
  if (!(thrown instanceof Error) || typeof code !== 'string' || !code.startsWith('OAUTH_')) return undefined
  const distrust = (ownCode: string, message: string, what = next): TokenFailure => ({
    code: ownCode,
    message,
    next: what,
    remedy: 'distrust-answer',
  })
  const claim = property(thrown.cause, 'claim')
  const { message } = thrown
  if (message.includes('additional untrusted audiences')) {
    return distrust(
      'id_token_authorized_party',
      'The ID token is meant for several clients and does not say (azp) that it was issued to this one.',
    )
  }
  const missing = /JWT "(\w+)" \([^)]*\) claim missing/.exec(message)?.[1]
  if (missing === 'nonce') {
    return distrust(
      'id_token_nonce',
      'The ID token carries no nonce, though this sign-in sent one: it may come from another one.',
    )
  }
  if (missing !== undefined) {
    const what = Object.hasOwn(required, missing) ? `: ${required[missing]}` : ''
    return distrust('id_token_claim_missing', `The ID token does not say ${missing}${what}.`)
  }
  const misshapen = /unexpected JWT "(\w+)" .*claim type/.exec(message)?.[1]
  if (misshapen !== undefined) {
    return distrust('id_token_malformed', `The claim ${misshapen} of the ID token is of the wrong kind.`)
  }
  if (typeof claim === 'string' && Object.hasOwn(claims, claim)) {
    const [ownCode, message] = claims[claim] ?? ['id_token_invalid', 'The ID token is not sound.']
    return distrust(ownCode, message, code.includes('TIMESTAMP') ? clockNext : next)
  }
  if (message.includes('token_type')) {
    return distrust(
      'token_type_unknown',
      message.includes('unsupported')
        ? 'The access token is of a type that Gatehouse does not know, so it must not be used (RFC 6749 section 7.1).'
        : 'The answer does not say of which type the access token is (RFC 6749 section 5.1).',
    )
  }
  if (message.includes('access_token'))
    return distrust('token_no_access_token', 'The answer carries no access token.')
  if (message.includes('id_token')) {
    return distrust('id_token_missing', 'OpenID Connect was asked for (scope openid), but no ID token came.')
  }
  if (message.includes('JWS') || message.includes('"alg"')) {
    return distrust(
      'id_token_algorithm',
      'The ID token is signed in a way that was not announced or is not allowed.',
    )
  }
  if (/JWT|ID Token/.test(message)) {
    return distrust('id_token_malformed', `The ID token is not sound: ${message.slice(0, 200)}.`)
  }
  return distrust('token_answer_malformed', `The answer is not sound: ${message.slice(0, 200)}.`)
}

/** What a claim without which there is no judging says (OpenID Connect Core section 2). */
const required: Record<string, string> = {
  iss: 'who issued it',
  sub: 'who signed in',
  aud: 'for whom it is meant',
  exp: 'when it runs out',
  iat: 'when it was issued',
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
