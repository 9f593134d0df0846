import { fact, headerOf, sentSomething, type Case, type Verdict } from './case.ts'
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
    byProxy,
    loginPage,
    notOk,
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

const awsType = 'x-amzn-errortype'

/** Amazon API Gateway has words of its own for the ordinary. */
function byAws({ call, said }: Case): Verdict | undefined {
  const isGateway =
    headerOf(call, awsType) !== undefined ||
    headerOf(call, 'x-amz-apigw-id') !== undefined ||
    headerOf(call, 'apigw-requestid') !== undefined
  if (call.status !== 403) return undefined
  if (said === 'Missing Authentication Token')
    return {
      headline: 'Nothing exists at this path: Amazon API Gateway has no such route or method',
      certainty: 'likely',
      next: 'Check the path, the stage in front of it (such as /prod) and the method. The message is about AWS signatures, not about your token.',
    }
  if (
    said !== undefined &&
    ['in Authorization header', "requires 'Credential'"].some((words) => said.includes(words))
  )
    return {
      headline: 'Amazon API Gateway looks for an AWS signature here, not for a token',
      certainty: 'likely',
      next: 'Check path, stage and method: it responds the same way if the route does not exist. Otherwise the route uses IAM, which requires signed requests (SigV4).',
    }
  if (isGateway && said === 'Forbidden')
    return {
      headline: 'Amazon API Gateway refuses the request before it reaches the API',
      certainty: 'likely',
      next: 'Check the API key (x-api-key), the custom domain’s path mapping, and the resource policy or firewall.',
    }
  return undefined
}

/** Envoy and Istio answer in plain text. */
function byEnvoy({ call, said }: Case): Verdict | undefined {
  if (call.status !== 403 || said !== 'RBAC: access denied') return undefined
  return {
    headline: 'The service mesh in front of the API refuses the request (RBAC)',
    certainty: 'likely',
    next: 'An authorization policy of Envoy or Istio does not allow this caller, path or method. The API was not reached.',
  }
}

const proxies: readonly [name: string, sign: RegExp][] = [
  ['nginx', /<center>(?:nginx|openresty)\b/i],
  ['Cloudflare', /\bCloudflare\b/],
  ['Apache', /<address>Apache\b/],
]

/** A page that a proxy makes by itself: the API was not asked. */
function byProxy({ call, challenge }: Case): Verdict | undefined {
  if ((call.status !== 401 && call.status !== 403) || !isPage(call)) return undefined
  // An API's own challenge says more.
  if (challenge !== undefined && challenge.scheme !== 'basic') return undefined
  const [name] = proxies.find(([, sign]) => sign.test(call.bodyText ?? '')) ?? []
  if (name === undefined) return undefined
  if (call.status === 401)
    return {
      headline: `${name} in front of the API requires its own sign-in`,
      certainty: 'likely',
      facts: fact('It requires', challenge?.scheme),
      next: 'The API was not reached. Check the address; a name and password for it go into a header of the request.',
    }
  return {
    headline: `${name} refuses the request before it reaches the API`,
    certainty: 'likely',
    next: 'Check the path, and the rules of the proxy: allowed addresses, methods, countries, files.',
  }
}

function isPage({ contentType = '', bodyText = '' }: Case['call']): boolean {
  return /html/i.test(contentType) || /^\s{0,20}<(?:!doctype html|html)/i.test(bodyText)
}

const fields = ['type="password"', "type='password'", 'type=password', 'name="samlrequest"']

/** A page that asks for a password, or one that posts to another sign-in (SAML), in place of a response. */
function loginPage({ call }: Case): Verdict | undefined {
  if (call.status !== 200 || !isPage(call) || !(sentSomething(call) || call.redirected === true))
    return undefined
  const page = (call.bodyText ?? '').slice(0, 20_000).toLowerCase()
  if (!fields.some((field) => page.includes(field))) return undefined
  return {
    headline: 'The response is a login page, not the API’s response',
    certainty: 'likely',
    facts: call.redirected === true ? fact('Redirected to', new URL(call.url).origin, { wire: true }) : [],
    next: 'The server treated this as a browser without a session. Check the address; APIs often have their own path or host.',
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
