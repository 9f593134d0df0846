import type { Observation } from './observation.ts'
import type { Bench } from './bench.ts'

/** An authorization request: the parameters of the address, or those of the response to it. */
export function judgeAuthorize(seen: Observation, bench: Bench): void {
  // Where the request was pushed, or goes on after the sign-in, its parameters were judged before.
  if (seen.path === '/auth' && !seen.query.has('request_uri') && !seen.query.has('request'))
    judgeRequest(seen.query, seen, bench)
  if (seen.path === '/auth') judgeSecrets(seen, bench)
  rememberCode(seen, bench)
}

export function judgePushed(seen: Observation, bench: Bench): void {
  if (seen.form && !seen.form.has('request')) judgeRequest(seen.form, seen, bench)
}

function judgeRequest(asked: URLSearchParams, seen: Observation, { look, spent }: Bench): void {
  const challenge = asked.get('code_challenge')
  const state = asked.get('state')
  const nonce = asked.get('nonce')
  const redirect = asked.get('redirect_uri')
  look('pkce-present', !challenge && 'there is no code_challenge')
  if (challenge) {
    const method = asked.get('code_challenge_method') ?? 'plain'
    look('pkce-s256', method !== 'S256' && `the method is ${method.slice(0, 20)}`)
    look('pkce-fresh', spent.get(`challenge ${challenge}`) && 'the code_challenge was used before')
  }
  look('state-present', !state && 'there is no state')
  if (state) look('state-fresh', spent.get(`state ${state}`) && 'the state was used before')
  if ((asked.get('scope') ?? '').split(' ').includes('openid')) {
    look('nonce-present', !nonce && 'there is no nonce')
    if (nonce) look('nonce-fresh', spent.get(`nonce ${nonce}`) && 'the nonce was used before')
  }
  const types = (asked.get('response_type') ?? '').split(' ')
  const direct = types.filter((type) => type === 'token' || type === 'id_token')
  look('code-response', direct.includes('token') && 'the response_type asks for a token')
  const isUnregistered = /redirect_uri/.test(seen.reason ?? '') && /match|registered/.test(seen.reason ?? '')
  look('redirect-registered', isUnregistered && 'the redirect_uri is not registered')
  if (redirect && URL.canParse(redirect) && /^https?:$/.test(new URL(redirect).protocol)) {
    const isName = new URL(redirect).hostname === 'localhost'
    look('redirect-loopback-address', isName && 'the redirect_uri names localhost')
  }
  look('resource-named', asked.getAll('resource').length === 0 && 'there is no resource')
}

function judgeSecrets({ query }: Observation, { look }: Bench): void {
  look('secret-not-in-url', query.has('client_secret') && 'the authorization request has a client_secret')
}

function rememberCode({ answer, asked, issuer, client, faults }: Observation, { codes, spent }: Bench): void {
  const { location } = answer
  if (!location || !URL.canParse(location)) return
  const code = new URL(location).searchParams.get('code')
  if (!code) return
  const text = (name: string) => (typeof asked?.[name] === 'string' ? asked[name] : undefined)
  for (const [kind, name] of [
    ['challenge', 'code_challenge'],
    ['state', 'state'],
    ['nonce', 'nonce'],
  ] as const) {
    const value = text(name)
    if (value !== undefined) spent.set(`${kind} ${value}`, true)
  }
  const isWrongIssuer = faults.includes('response-wrong-issuer') || faults.includes('response-missing-issuer')
  codes.set(code, {
    client,
    issuer,
    redirectUri: text('redirect_uri'),
    resources: [asked?.resource].flat().filter((one): one is string => typeof one === 'string'),
    wrong: isWrongIssuer ? 'issuer' : faults.includes('response-wrong-state') ? 'state' : undefined,
    isUsed: false,
  })
}
