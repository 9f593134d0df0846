import { parseObject } from '../text/parse-object.ts'
import type { RefusalView } from '@contract/requests'
import { readChallenges, type Challenge } from './challenges.ts'
import { plainText, span, words } from './words.ts'

/** What is known of the token that was sent. Times in milliseconds. */
export interface TokenFacts {
  scopes: string[]
  /** From `aud`, where the token can be read. */
  audience?: string[]
  expiresAt?: number
  notBefore?: number
}

/** A refused call. `token` is absent where the caller had none. `now`: when the answer came, milliseconds. */
export interface RefusedCall {
  status: number
  url: string
  headers: readonly [string, string][]
  /** The beginning of the body, where it is text. */
  bodyText?: string
  token?: TokenFacts
  /** A redirect led to another origin, and the token stayed behind. */
  tokenLeftBehind?: boolean
  now: number
}

type Fact = RefusalView['facts'][number]
interface Case {
  call: RefusedCall
  challenge?: Challenge
  said?: string
  error: string
}
type Verdict = Pick<RefusalView, 'headline' | 'certainty' | 'next'> & {
  facts?: Fact[]
  /** The API's own sentence adds nothing to it. */
  saysAll?: boolean
}

/** Says why a call was refused with 401 or 403, from the API's own challenge (RFC 6750 section 3, RFC 9470,
 *  RFC 9449) and what is known of the token; `undefined` for any other status. */
export function explainRefusal(call: RefusedCall): RefusalView | undefined {
  if (call.status !== 401 && call.status !== 403) return undefined
  const fields = call.headers.filter(([name]) => name.toLowerCase() === 'www-authenticate')
  const { challenges, defects } = readChallenges(fields.map(([, value]) => value))
  const [challenge] = challenges.toSorted((left, right) => order(left) - order(right))
  const inBody = bodyWords(call.bodyText)
  const described = parameter(challenge, 'error_description')
  const error = challenge?.parameters.get('error') ?? ''
  const verdict = judge({ call, challenge, error, said: described ?? inBody })
  const said = [
    ...fact('The API says', described),
    ...(inBody === described ? [] : fact('The body says', inBody)),
  ]
  return {
    headline: verdict.headline,
    certainty: verdict.certainty,
    facts: [
      ...(verdict.facts ?? []),
      ...(verdict.saysAll ? [] : said),
      ...fact('The API’s code', plainText(error, 100), { wire: true, sent: true }),
      ...(verdict.saysAll ? said.map((each) => ({ ...each, sent: true })) : []),
      ...fact('Realm', parameter(challenge, 'realm'), { wire: true, sent: true }),
      ...fact(metadataLabel, parameter(challenge, 'resource_metadata'), { wire: true, sent: true }),
      ...fact('Flaws of the challenge', defects, { sent: true }),
    ],
    next: verdict.next,
  }
}

function fact(label: string, value: string | string[] | undefined, more?: Partial<Fact>): Fact[] {
  if (value === undefined || value.length === 0) return []
  return [{ label, ...(Array.isArray(value) ? { items: value } : { text: value }), ...more }]
}

function parameter(challenge: Challenge | undefined, name: string) {
  return plainText(challenge?.parameters.get(name))
}

/** The token's own life, where it explains the refusal by itself. */
function byTime({ call, said }: Case): Verdict | undefined {
  const { expiresAt, notBefore } = call.token ?? {}
  const saysExpired = /expired|\bexp\b|ran out/i.test(said ?? '')
  if (expiresAt !== undefined && expiresAt <= call.now) {
    return {
      headline: `The token had run out ${span(call.now - expiresAt)} before the answer`,
      certainty: saysExpired ? 'certain' : 'likely',
      next: 'Refresh the account, then send again.',
    }
  }
  if (saysExpired) {
    const facts =
      expiresAt === undefined ? [] : fact('By this clock', `${span(expiresAt - call.now)} of life left`)
    return {
      headline: 'The API says that the token has run out',
      certainty: 'certain',
      facts,
      next: 'Refresh the account, then send again. If it stays so, compare the clocks of API, provider and this computer.',
    }
  }
  if (notBefore !== undefined && notBefore > call.now) {
    return {
      headline: `The token is not valid for another ${span(notBefore - call.now)}`,
      certainty: 'likely',
      next: 'Compare the clocks of the provider and of this computer.',
    }
  }
  return undefined
}

function sameOrigin(audience: string, url: string): boolean {
  try {
    return new URL(audience).origin === new URL(url).origin
  } catch {
    return false
  }
}

function byAudience({ call, said }: Case): Verdict | undefined {
  const { audience } = call.token ?? {}
  const says = /audience|\baud\b/i.test(said ?? '')
  const foreign =
    audience !== undefined &&
    audience.length > 0 &&
    audience.every((item) => /^https?:/.test(item)) &&
    !audience.some((item) => sameOrigin(item, call.url))
  if (!says && !foreign) return undefined
  return {
    headline: 'The token is meant for another API',
    certainty: says ? 'certain' : 'likely',
    facts: [
      ...fact('The token is meant for', audience),
      ...fact('Sent to', new URL(call.url).origin, { wire: true }),
    ],
    next: 'Set the resource (or audience) of the connection to this API, and sign in again.',
  }
}

function invalidToken(item: Case): Verdict {
  return (
    byTime(item) ??
    byAudience(item) ?? {
      headline: 'The API does not accept the token',
      certainty: 'certain',
      next: 'Look at the token in the account: issuer, audience and signature must be what this API expects. Refreshing may help if it was revoked.',
    }
  )
}

function insufficientScope({ call, challenge }: Case): Verdict {
  const needed = words(parameter(challenge, 'scope'))
  const has = call.token?.scopes ?? []
  const lacking = needed.filter((scope) => !has.includes(scope))
  const facts = [
    ...fact('The API asks for', needed, lacking.length === 0 ? {} : { missing: lacking }),
    ...fact('The token has', has.length > 0 ? has : ['none']),
  ]
  if (needed.length > 0 && lacking.length === 0) {
    return {
      headline: 'The API asks for scopes that the grant names already',
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
    headline: 'The API wants a stronger or fresher sign-in',
    certainty: 'certain',
    facts: [
      ...fact('Wanted (acr_values)', words(parameter(challenge, 'acr_values'))),
      ...fact('Sign-in at most this old', maxAge === undefined ? undefined : `${maxAge} seconds`),
    ],
    next: 'Sign in again with these acr_values and max_age (RFC 9470).',
  }
}

function dpop({ error }: Case): Verdict {
  return {
    headline:
      error === 'use_dpop_nonce'
        ? 'The API wants a nonce in the DPoP proof'
        : 'The API wants a sender-constrained token (DPoP)',
    certainty: 'certain',
    next: 'A Bearer token is not enough here: the provider must issue DPoP-bound tokens (RFC 9449).',
  }
}

function noToken({ call, challenge }: Case): Verdict {
  return call.tokenLeftBehind === true
    ? {
        headline: 'A redirect led to another host, so the token stayed behind',
        certainty: 'certain',
        facts: fact('Led to', new URL(call.url).origin, { wire: true }),
        next: 'If that host may have the token, put its address into the request.',
      }
    : {
        headline: 'No token was sent',
        certainty: 'certain',
        facts: fact('The API asks for', words(parameter(challenge, 'scope'))),
        next: 'Choose an account to call as.',
      }
}

function withoutReason(item: Case): Verdict {
  const { call, challenge } = item
  if (call.status === 403) {
    return {
      headline: 'The API knows the caller and does not allow this',
      certainty: 'unknown',
      next: 'The answer gives no reason. Often the account lacks a role: try another account, or ask whoever runs the API.',
    }
  }
  const time = byTime(item)
  if (time !== undefined) return time
  if (challenge?.scheme === 'bearer') {
    return (
      byAudience(item) ?? {
        headline: 'The API answers as if no token had come',
        certainty: 'likely',
        next: 'Something on the way may take the Authorization header off, or the API reads tokens elsewhere (RFC 6750 section 3.1).',
      }
    )
  }
  if (challenge !== undefined) {
    return {
      headline: `The API wants ${challenge.scheme}, not a Bearer token`,
      certainty: 'certain',
      next: 'Check the address, and what the API’s documentation says of signing in.',
    }
  }
  return {
    headline: 'The API refused without saying why',
    certainty: 'unknown',
    next: 'A 401 must carry WWW-Authenticate (RFC 9110 section 15.5.2), and this one does not. Look at the body and at the token.',
  }
}

function judge(item: Case): Verdict {
  const { token, tokenLeftBehind, status } = item.call
  if (tokenLeftBehind === true) return noToken(item)
  if (token === undefined && status === 401 && item.challenge?.scheme !== 'basic') return noToken(item)
  switch (item.error) {
    case 'insufficient_user_authentication':
      return stepUp(item)
    case 'insufficient_scope':
      return insufficientScope(item)
    case 'invalid_token':
      return invalidToken(item)
    case 'use_dpop_nonce':
    case 'invalid_dpop_proof':
      return dpop(item)
    case 'invalid_request':
      return {
        headline: 'The API could not read how the token was sent',
        certainty: 'certain',
        next: 'Send the token once only: no access_token in the query or body beside it (RFC 6750 section 2).',
      }
    default:
      return item.challenge?.scheme === 'dpop' ? dpop(item) : withoutReason(item)
  }
}

/** RFC 9728 section 5.1. */
const metadataLabel = 'The API’s OAuth metadata'

/** The API's own words in a problem document (RFC 9457) or the usual JSON errors. */
function bodyWords(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 65_536) return undefined
  const json = parseObject(text)
  if (json === undefined) return undefined
  const { detail, error_description, message, title, error } = json
  return [detail, error_description, message, title, error].map((item) => plainText(item)).find(Boolean)
}

function order(challenge: Challenge): number {
  return challenge.parameters.has('error')
    ? 0
    : challenge.scheme === 'bearer'
      ? 1
      : challenge.scheme === 'dpop'
        ? 2
        : 3
}
