import { fact, parameter, sentSomething, type Case, type Verdict } from './case.ts'
import { knownReason } from './known-reason.ts'
import { bySaid } from './reasons.ts'
import { otherScheme, schemeName, withoutReason } from './without-reason.ts'
import { words } from './words.ts'

/** Says what a refusal means, from the API's own challenge (RFC 6750 section 3, RFC 9470, RFC 9449), what it says and
 *  what is known of the token. */
export function judge(item: Case): Verdict {
  const { call, challenge, error } = item
  if (!sentSomething(call)) return nothingSent(item)
  if (call.token === undefined || call.typed?.flaw !== undefined) return typedOnly(item)
  switch (error) {
    case 'insufficient_user_authentication':
      return stepUp(item)
    case 'insufficient_scope':
      return insufficientScope(item)
    case 'insufficient_claims':
      return claimsChallenge()
    case 'invalid_token':
      return invalidToken(item)
    case 'use_dpop_nonce':
    case 'invalid_dpop_proof':
      return bySaid(item) ?? dpop(item)
    case 'invalid_request':
      return invalidRequest(item)
    default:
      return challenge?.scheme === 'dpop' ? (bySaid(item) ?? dpop(item)) : withoutReason(item)
  }
}

function invalidToken(item: Case): Verdict {
  return (
    knownReason(item) ?? {
      headline: 'The API does not accept the token',
      certainty: 'certain',
      next: 'Check the token in the account: issuer, audience and signature must be what this API expects. Refreshing may help if it was revoked.',
    }
  )
}

function invalidRequest({ call }: Case): Verdict {
  return {
    headline: 'The API could not read how the token was sent',
    certainty: 'certain',
    next:
      call.typed === undefined
        ? 'Send the token only once: not also as access_token in the query or body (RFC 6750 section 2).'
        : 'Write Bearer, one space and the token, and send it nowhere else (RFC 6750 section 2).',
  }
}

function insufficientScope({ call, challenge, said }: Case): Verdict {
  const needed = words(parameter(challenge, 'scope'))
  const has = call.token?.scopes ?? []
  const lacking = needed.filter((scope) => !has.includes(scope))
  const facts = [
    ...fact('The API requires', needed, lacking.length === 0 ? {} : { missing: lacking }),
    ...fact('The token has', has.length > 0 ? has : ['none']),
  ]
  if (lacking.length === 0 && /\broles?\b|permission/i.test(said ?? '')) {
    return {
      headline: 'The caller’s role does not allow this',
      certainty: 'certain',
      facts,
      next: 'The scopes are there. Call as another account, or ask the API’s operator for the role.',
    }
  }
  if (needed.length > 0 && lacking.length === 0) {
    return {
      headline: 'The API requires scopes that the grant already has',
      certainty: 'certain',
      facts,
      next: 'The token may be older than the grant, or the API reads its scopes elsewhere: look at the token’s scope claim.',
    }
  }
  return {
    headline:
      lacking.length === 0
        ? 'The token lacks a scope, which the API does not name'
        : `The token lacks ${lacking.length === 1 ? 'a scope' : `${lacking.length} scopes`}: ${lacking.join(', ')}`,
    certainty: 'certain',
    facts,
    saysAll: lacking.length > 0,
    next: 'Add the scope to the connection and sign in again, or call as an account that may have it.',
  }
}

function stepUp({ challenge }: Case): Verdict {
  const maxAge = parameter(challenge, 'max_age')
  return {
    headline: 'The API requires a stronger or more recent sign-in',
    certainty: 'certain',
    facts: [
      ...fact('Required (acr_values)', words(parameter(challenge, 'acr_values'))),
      ...fact('Maximum sign-in age', maxAge === undefined ? undefined : `${maxAge} seconds`),
    ],
    next: 'Sign in again with these acr_values and max_age (RFC 9470).',
  }
}

/** Microsoft's claims challenge: the parameter `claims` of OpenID Connect section 5.5, in base64. */
function claimsChallenge(): Verdict {
  return {
    headline: 'The API requires a new sign-in that meets the claims it names',
    certainty: 'certain',
    next: 'Sign in again. The provider’s policy may have changed since this token was issued: another password, place or device.',
  }
}

function dpop({ error }: Case): Verdict {
  return {
    headline:
      error === 'use_dpop_nonce'
        ? 'The API requires a nonce in the DPoP proof'
        : 'The API requires a sender-constrained token (DPoP)',
    certainty: 'certain',
    next: 'A Bearer token is not enough here: the provider must issue DPoP-bound tokens (RFC 9449).',
  }
}

function nothingSent(item: Case): Verdict {
  const { call, challenge, error } = item
  // A challenge without an error is how an API says that nothing came (RFC 6750 section 3.1).
  const asks = challenge !== undefined && error === '' && ['bearer', 'dpop'].includes(challenge.scheme)
  const certainty = asks ? 'certain' : 'likely'
  if (call.tokenLeftBehind === true)
    return {
      headline: 'A redirect led to another host, so the token was not sent along',
      certainty,
      facts: fact('Led to', new URL(call.url).origin, { wire: true }),
      next: 'If that host may receive the token, put its address into the request.',
    }
  if (challenge?.scheme === 'basic') return otherScheme(challenge.scheme)
  return {
    headline: 'No token was sent',
    certainty,
    facts: fact('The API requires', words(parameter(challenge, 'scope'))),
    next: 'Choose an account to call as.',
  }
}

/** Credentials that hold no token that could be looked at, or one that is written wrongly. */
function typedOnly(item: Case): Verdict {
  const { call, challenge } = item
  const { header = 'Authorization', scheme, flaw } = call.typed ?? {}
  if (flaw !== undefined)
    return {
      headline: flaw,
      certainty: item.error === 'invalid_request' ? 'certain' : 'likely',
      next: 'Write Bearer, one space and the token; or choose an account to call as.',
    }
  if (challenge !== undefined && challenge.scheme !== scheme)
    return {
      headline: `The API requires ${schemeName(challenge.scheme)}; the request carries ${scheme === undefined ? header : schemeName(scheme)}`,
      certainty: 'certain',
      next: 'Choose an account to call as, or check the API’s documentation on signing in.',
    }
  return {
    headline: `The API does not accept the value of the header ${header}`,
    certainty: challenge === undefined ? 'unknown' : 'likely',
    next: `Check the value of ${header}, and whether this API accepts it at all.`,
  }
}
