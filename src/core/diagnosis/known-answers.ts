import { isObject } from '../text/parse-object.ts'
import { fact, headerOf, sentSomething, type Case, type Verdict } from './case.ts'
import { byAws, byEnvoy, byGoogle, byProxy, loginPage } from './gateways.ts'
import { byGitHub } from './github.ts'
import { longestPause, pauseOf } from './pause.ts'
import { plainText, span, words } from './words.ts'

/** What servers, gateways and proxies are known to mean by a response, whatever its status says: a path that does not
 *  exist, a login page with 200. The first that fits counts. */
export function knownAnswer(item: Case): Verdict | undefined {
  for (const explain of [
    tooMany,
    unavailable,
    tooLarge,
    byAws,
    byGitHub,
    usedUp,
    byEnvoy,
    byGoogle,
    byProxy,
    loginPage,
    notOk,
    byGraphQL,
  ]) {
    const verdict = explain(item)
    if (verdict !== undefined) return verdict
  }
  return undefined
}

function tooMany({ call }: Case): Verdict | undefined {
  return call.status === 429 ? paused(call, 'Too many requests') : undefined
}

/** A 503 that says for how long (RFC 9110 section 15.6.4). */
function unavailable({ call }: Case): Verdict | undefined {
  const says = call.status === 503 && headerOf(call, 'retry-after') !== undefined
  if (!says || pauseOf(call) === undefined) return undefined
  return paused(call, 'The service is not available')
}

const remaining = ['x-ratelimit-remaining', 'x-rate-limit-remaining', 'ratelimit-remaining']

/** A limit that is used up, said with 403 and the usual headers alone. */
function usedUp({ call, challenge }: Case): Verdict | undefined {
  if (call.status !== 403 || challenge?.parameters.has('error') === true) return undefined
  if (!remaining.some((name) => headerOf(call, name)?.trim() === '0')) return undefined
  return { ...paused(call, 'The rate limit is used up'), certainty: 'likely' }
}

/** A rate limit, with the moment from which on the server answers again. */
function paused(call: Case['call'], headline: string): Verdict {
  const pause = pauseOf(call)
  if (pause === undefined)
    return {
      headline,
      certainty: 'certain',
      next: 'The server does not say how long to wait. Send again later.',
    }
  if (pause === 0)
    return {
      headline: `${headline}; the pause that the server asked for is over`,
      certainty: 'certain',
      next: 'Send again.',
    }
  if (pause === longestPause)
    return {
      headline: `${headline}: the server asks for a pause of a week or more`,
      certainty: 'certain',
      next: 'Send again then, or ask the API’s operator about the limit.',
    }
  return {
    headline: `${headline}: the server asks for a pause of ${span(Math.max(1000, pause))}`,
    certainty: 'certain',
    retryAt: call.now + pause,
    next: 'Wait, then send again, or let Gatehouse send it then.',
  }
}

function tooLarge({ call }: Case): Verdict | undefined {
  const byText = call.status === 400 && (call.bodyText ?? '').includes('Request Header Or Cookie Too Large')
  if (call.status !== 431 && !byText) return undefined
  const size = call.token?.size ?? 0
  return {
    headline: 'The headers of the request are too large for this server',
    certainty: 'certain',
    facts: size === 0 ? [] : fact('Size of the token', `${(size / 1024).toFixed(1)} KB`),
    next:
      size > 4096
        ? 'The token takes up most of it: ask for fewer scopes or claims, or increase the server’s limit (often 8 KB).'
        : 'Send fewer or shorter headers and cookies, or increase the server’s limit (often 8 KB).',
  }
}

/** `{"ok":false,"error":"invalid_auth"}` with status 200, as Slack answers. */
function notOk({ call, body }: Case): Verdict | undefined {
  if (call.status !== 200 || body?.['ok'] !== false) return undefined
  const { error, needed, provided } = body
  const code = plainText(error, 100)
  if (code === undefined) return undefined
  const facts = [
    ...fact('The API requires', words((plainText(needed) ?? '').replaceAll(',', ' '))),
    ...fact('The token has', words((plainText(provided) ?? '').replaceAll(',', ' '))),
  ]
  const certain = { certainty: 'certain', facts } as const
  if (code === 'missing_scope')
    return {
      ...certain,
      headline: `The token lacks a scope${typeof needed === 'string' ? `: ${plainText(needed, 200)}` : ''}`,
      next: 'Add the scope to the connection and sign in again. The status 200 only means that the request was received.',
    }
  if (
    /^(?:invalid_auth|not_authed|token_(?:revoked|expired)|account_inactive|no_permission|not_allowed_token_type)$/.test(
      code,
    )
  )
    return {
      ...certain,
      headline: `The API refused despite status 200: ${code}`,
      next:
        code === 'not_authed'
          ? 'No token came: choose an account to call as.'
          : 'Sign in again, or call as another account.',
    }
  return {
    ...certain,
    headline: `The API failed despite status 200: ${code}`,
    next: 'Look up this code in the API’s documentation.',
  }
}

const graphqlCodes =
  /^(?:unauthenticated|authentication_error|unauthori[sz]ed|forbidden|access[-_]denied|invalid[-_](?:jwt|token)|jwt[-_](?:expired|invalid|missing)[\w-]*)$/i

/** A refusal as an error of GraphQL, whatever the status: the code is Apollo's, Hasura's or Linear's. */
function byGraphQL({ call, body, challenge }: Case): Verdict | undefined {
  const errors = body?.['errors']
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  const extensions = isObject(first) ? first['extensions'] : undefined
  const code = isObject(extensions) ? plainText(extensions['code'], 100) : undefined
  if (code === undefined || !graphqlCodes.test(code) || challenge !== undefined) return undefined
  return {
    headline:
      call.status === 200
        ? `The API refused despite status 200: ${code}`
        : `The API refused the query: ${code}`,
    certainty: 'certain',
    next: sentSomething(call)
      ? 'Refresh the account or sign in again; if that does not help, call as an account that may do this.'
      : 'Choose an account to call as.',
  }
}
