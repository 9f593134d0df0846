import { defined } from '@contract/defined'
import type { Failure } from '@contract/result'
import { providerText, providerWords, type ProviderFailure } from '../wire/provider-text.ts'
import { ownWords } from '../wire/own-words.ts'
import { meantBy, type RefusalMeaning } from './refusal-words.ts'
import type { TokenRequestKind } from './token-request-kind.ts'
import { redactUrl } from '../../secrecy/redact.ts'
import { retryAfterSeconds } from '../wire/retry-after.ts'

/** What is to be done about a failed token request. Only `sign-in-again` is final for a refresh token. */
type TokenRemedy = 'sign-in-again' | 'try-later' | 'repair-connection' | 'distrust-answer'

/** A token request that failed; `retryAfterSeconds` where the server named a time. */
export interface TokenFailure extends ProviderFailure {
  remedy: TokenRemedy
  status?: number
  retryAfterSeconds?: number
}

/** A token endpoint's answer as it came. */
export interface TokenAnswer {
  status: number
  header: (name: string) => string | null
  body: string
  json?: Record<string, unknown>
}

interface Rule {
  remedy: TokenRemedy
  next: string
}

/** Explains a response that brings no tokens; `undefined` for one that may. `now` in milliseconds. */
export function refusedAnswer(
  answer: TokenAnswer,
  kind: TokenRequestKind,
  now: number,
): TokenFailure | undefined {
  const error = providerText(answer.json?.error, 100)
  const isError =
    error !== undefined && (answer.status !== 200 || typeof answer.json?.access_token !== 'string')
  if (answer.status === 200 && answer.json !== undefined && !isError) return undefined
  const failure = isError ? fromProvider(answer, error, kind) : withoutWords(answer, kind)
  if (answer.status === 429 && failure.remedy !== 'sign-in-again') failure.remedy = 'try-later'
  const wait = retryAfterSeconds(answer.header('retry-after'), now)
  return {
    ...failure,
    status: answer.status,
    ...defined({
      retryAfterSeconds: failure.remedy === 'try-later' && wait !== undefined ? wait : undefined,
    }),
  }
}
const later: Rule = { remedy: 'try-later', next: 'Try again in a moment. Nothing was deleted.' }
/** RFC 6749 section 5.2, RFC 8707 section 2, RFC 9449 section 5. */
const rules = new Map<string, Rule>([
  [
    'invalid_request',
    repair(
      'Check the redirect URI, the resource and the client authentication of the connection: the provider could not read one of them.',
    ),
  ],
  [
    'invalid_client',
    repair(
      'Check client ID and client secret, and whether the provider expects the secret in the header (basic) or in the body (post).',
    ),
  ],
  ['unauthorized_client', repair('Allow this grant for the client at the provider.')],
  ['unsupported_grant_type', repair('The provider does not offer this grant. Allow it there.')],
  ['invalid_scope', repair('Remove the scopes that this client may not have from the connection.')],
  ['invalid_target', repair('Check the connection’s resource: the provider does not know it or refuses it.')],
  [
    'invalid_request_object',
    repair('The provider does not accept the signed request: check the client key registered there.'),
  ],
  [
    'invalid_authorization_details',
    repair('The provider refuses the authorization details: check their type and members (RFC 9396).'),
  ],
  [
    'invalid_dpop_proof',
    repair('The provider requires sender-constrained tokens (DPoP) or refused the proof.'),
  ],
  ['temporarily_unavailable', later],
  ['server_error', later],
  ['slow_down', later],
])
const invalidGrant: Record<TokenRequestKind, Rule> = {
  code: {
    remedy: 'sign-in-again',
    next: 'The code expired, was used before, or belongs to another redirect URI. Start the sign-in again.',
  },
  refresh: {
    remedy: 'sign-in-again',
    next: 'The refresh token expired, was revoked, or was used before. Sign in again.',
  },
  pushed: repair('Check what the connection requests: the provider treats it as a grant that it refuses.'),
  device: {
    remedy: 'sign-in-again',
    next: 'The device code expired or was used before. Ask for a new one.',
  },
  client_credentials: repair('Allow the client credentials grant for this client at the provider.'),
  token_exchange: {
    remedy: 'sign-in-again',
    next: 'The token to be exchanged expired, was revoked, or is not accepted for this. Get a fresh one.',
  },
  jwt_bearer: {
    remedy: 'sign-in-again',
    next: 'Check the assertion: issuer, subject, audience, lifetime, and whether the provider trusts its key.',
  },
  password: { remedy: 'sign-in-again', next: 'Check username and password.' },
}

const meaningRules: Record<RefusalMeaning, Rule> = {
  refresh_dead: invalidGrant.refresh,
  no_pkce: repair(
    'Allow PKCE with S256 for this client at the provider: a sign-in without it is not safe, and Gatehouse does not attempt one.',
  ),
  wants_json: repair(
    'OAuth uses form-encoded requests (RFC 6749 section 3.2), and Gatehouse sends nothing else. Check “Token endpoint” in the connection: an OAuth provider has one that accepts forms.',
  ),
}

/** No response came: nothing is known to be wrong with the tokens. */
export function unreachable(failure: Failure): TokenFailure {
  return {
    ...failure,
    code: failure.code.replace(/^network_/, 'token_network_'),
    remedy: 'try-later',
  }
}

/** The library does not take a response that looked like success. */
export function malformedAnswer(reason: string): TokenFailure {
  return distrusted(
    'token_answer_malformed',
    `The response is malformed: ${providerText(reason, 200) ?? 'no reason'}.`,
  )
}

/** A response that looked like success and is not believed. */
export function distrusted(
  code: string,
  message: string,
  next = 'Nothing was stored. Tell the provider’s operator, and check the issuer and client ID of the connection.',
): TokenFailure {
  return { code, message, next, remedy: 'distrust-answer' }
}

/** An expected failure before anything was sent: the connection itself is at fault. */
export function unprepared(failure: Failure): TokenFailure {
  return { ...failure, remedy: 'repair-connection' }
}
function repair(next: string): Rule {
  return { remedy: 'repair-connection', next }
}

function fromProvider(answer: TokenAnswer, error: string, kind: TokenRequestKind): TokenFailure {
  const words = providerWords((name) => answer.json?.[name])
  // The code of a rule of its own keeps its meaning, unless it only says that the request is wrong.
  const open = error === 'invalid_request' || !(error === 'invalid_grant' || rules.has(error))
  const meant = open ? meantBy(kind, answer.status, error, words.providerDescription) : undefined
  const known =
    meant === undefined
      ? error === 'invalid_grant'
        ? invalidGrant[kind]
        : rules.get(error)
      : meaningRules[meant]
  const fallback: Rule =
    answer.status >= 500 || answer.status === 429
      ? later
      : {
          remedy: 'repair-connection',
          next: 'Read what the provider says, correct the connection, and try again.',
        }
  return {
    code:
      meant !== undefined
        ? `token_${meant}`
        : known === undefined
          ? 'token_provider_error'
          : `token_${error}`,
    message: `The provider refused with ${words.providerError ?? 'an error'}${words.providerDescription ? `: ${words.providerDescription}` : '.'}`,
    ...(known ?? fallback),
    ...words,
  }
}

function withoutWords(answer: TokenAnswer, kind: TokenRequestKind): TokenFailure {
  const { status } = answer
  if (status >= 300 && status < 400) {
    const target = redactUrl(answer.header('location') ?? '').slice(0, 200)
    return {
      code: 'token_redirect',
      message: `The token endpoint redirects${target ? ` to ${target}` : ''}. Secrets are not forwarded there.`,
      next: 'Correct the token endpoint of the connection.',
      remedy: 'repair-connection',
    }
  }
  if (status === 429) {
    return {
      code: 'token_rate_limited',
      message: 'The provider received too many requests (429).',
      ...later,
    }
  }
  if (status >= 500) {
    return {
      code: 'token_server_error',
      message: `The provider failed with status ${status}.${saidIn(answer)}`,
      ...later,
    }
  }
  if (status === 401) {
    return {
      code: 'token_invalid_client',
      message: `The provider does not accept this client’s authentication (401).${saidIn(answer)}`,
      ...repair(
        'Check client ID and client secret, and whether the provider expects the secret in the header (basic) or in the body (post).',
      ),
    }
  }
  const html = /^\s*</.test(answer.body)
  const said = saidIn(answer)
  const meant = status >= 400 ? meantBy(kind, status, '', ownWords(answer.body)) : undefined
  if (meant !== undefined) {
    return {
      code: `token_${meant}`,
      message: `The provider refused with status ${status}.${said}`,
      ...meaningRules[meant],
    }
  }
  return {
    code: html ? 'token_html' : status === 200 ? 'token_not_json' : 'token_status',
    message: html
      ? `The token endpoint returned a web page (status ${status}) instead of JSON.${said}`
      : said === ''
        ? `The token endpoint returned status ${status} without a valid OAuth response.`
        : `The provider refused with status ${status}.${said}`,
    next:
      status === 200 && new URLSearchParams(answer.body.slice(0, 10_000)).has('access_token')
        ? 'It is a form. To accept it anyway, turn “Accept form-encoded token responses” on in the connection.'
        : 'Check the token endpoint of the connection.',
    remedy: 'repair-connection',
  }
}

/** The server's own words, to be put after a sentence. */
function saidIn({ status, body }: TokenAnswer): string {
  const own = status >= 400 ? ownWords(body) : undefined
  return own === undefined ? '' : ` It says: “${own}”`
}
