import { fact, headerOf, sentSomething, type Case, type Verdict } from './case.ts'

const awsType = 'x-amzn-errortype'

/** Amazon API Gateway has words of its own for the ordinary. */
export function byAws({ call, said }: Case): Verdict | undefined {
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
export function byEnvoy({ call, said }: Case): Verdict | undefined {
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
  ['Akamai', /Access Denied[\s\S]{0,600}Reference(?: |&#32;)(?:#|&#35;)/],
]

/** By the body, or where nothing there says so, by the header: AWS's load balancer names itself in that alone. */
function proxyOf({ headers, bodyText = '' }: Case['call']): string | undefined {
  const [name] = proxies.find(([, sign]) => sign.test(bodyText.slice(0, 20_000))) ?? []
  return (
    name ?? (/^awselb\b/i.test(headerOf({ headers }, 'server') ?? '') ? 'The AWS load balancer' : undefined)
  )
}

/** Cloud Run and its like ask who calls before the service is reached. */
export function byGoogle({ call }: Case): Verdict | undefined {
  const says = (call.bodyText ?? '').includes('Your client does not have permission to get URL')
  if (call.status !== 403 || !says || !isPage(call)) return undefined
  return {
    headline: 'Google Cloud refuses the caller before the service is reached (IAM)',
    certainty: 'likely',
    next: 'The service lets in only callers with the Invoker role, by an ID token whose audience is its address.',
  }
}

/** A page that a proxy makes by itself: the API was not asked. */
export function byProxy({ call, challenge }: Case): Verdict | undefined {
  if ((call.status !== 401 && call.status !== 403) || !isPage(call)) return undefined
  // An API's own challenge says more.
  if (challenge !== undefined && challenge.scheme !== 'basic') return undefined
  const name = proxyOf(call)
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

const title = /<title>[^<]{0,80}\b(?:sign[ -]?in|log[ -]?in|login)\b/
const fields = ['type="password"', "type='password'", 'type=password', 'name="samlrequest"']

/** A page that asks for a password, or one that posts to another sign-in (SAML), in place of a response. The page of a
 *  sign-in that only asks for a name first is told by its title, where a redirect led to it or the status refuses. */
export function loginPage({ call }: Case): Verdict | undefined {
  const refused = call.status === 401 || call.status === 403
  if (!(refused || call.status === 200) || !isPage(call)) return undefined
  const page = (call.bodyText ?? '').slice(0, 20_000).toLowerCase()
  const asks = fields.some((field) => page.includes(field))
  if (!(refused || call.redirected === true || (asks && sentSomething(call)))) return undefined
  if (!asks && !title.test(page)) return undefined
  return {
    headline: 'The response is a login page, not the API’s response',
    certainty: 'likely',
    facts: call.redirected === true ? fact('Redirected to', new URL(call.url).origin, { wire: true }) : [],
    next: 'The server treated this as a browser without a session. Check the address; APIs often have their own path or host.',
  }
}
