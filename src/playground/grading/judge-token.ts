import type { FaultName } from '../faults/table.ts'
import type { Observation } from './observation.ts'
import type { Bench } from './bench.ts'

export function judgeToken(seen: Observation, bench: Bench): void {
  const { form, query, headers, error, method } = seen
  const { look } = bench
  look('token-request-post', method !== 'POST' && `tokens were requested by ${method}`)
  const inUrl = ['client_secret', 'client_assertion', 'refresh_token', 'code', 'password'].find((name) =>
    query.has(name),
  )
  look('secret-not-in-url', inUrl !== undefined && `the address of the token request has ${inUrl}`)
  if (!form) return
  const ways = [
    /^Basic /i.test(headers.authorization as string),
    form.has('client_secret'),
    form.has('client_assertion'),
  ].filter(Boolean).length
  if (ways > 0) look('one-authentication', ways > 1 && 'the token request authenticates in more than one way')
  if (headers.dpop !== undefined)
    look('dpop-proof', error === 'invalid_dpop_proof' && (seen.reason ?? 'the proof is not valid'))
  const grant = form.get('grant_type')
  look('no-password-grant', grant === 'password' && 'the grant_type is password')
  if (grant === 'authorization_code') judgeCode(form, seen, bench)
  if (grant === 'refresh_token') judgeRefresh(form, seen, bench)
  rememberTokens(seen, bench)
}

function judgeCode(form: URLSearchParams, seen: Observation, { look, codes }: Bench): void {
  const verifier = form.get('code_verifier')
  const isSound = verifier !== null && /^[\w.~-]{43,128}$/.test(verifier)
  look(
    'pkce-verifier',
    !isSound &&
      (verifier === null ? 'there is no code_verifier' : 'the code_verifier is not of 43 to 128 characters'),
  )
  const sent = form.get('code') ?? ''
  const code = codes.get(sent)
  if (!code) return
  const client = code.client ?? seen.client
  look(
    'code-one-place',
    code.issuer !== seen.issuer && `the code of issuer ${code.issuer || '/'} came to ${seen.issuer || '/'}`,
    client,
  )
  look('code-once', code.isUsed && 'the code was sent before', client)
  const redirect = form.get('redirect_uri') ?? undefined
  look(
    'redirect-same',
    redirect !== code.redirectUri && 'the redirect_uri is not that of the authorization request',
    client,
  )
  const others = form.getAll('resource').filter((one) => !code.resources.includes(one))
  look(
    'resource-same',
    code.resources.length > 0 && others.length > 0 && 'a different resource is named than was requested',
    client,
  )
  if (code.wrong === 'issuer')
    look('issuer-checked', 'the code of a response with a wrong iss was sent', client)
  if (code.wrong === 'state')
    look('state-checked', 'the code of a response with a wrong state was sent', client)
  codes.set(sent, { ...code, isUsed: true })
}

function judgeRefresh(form: URLSearchParams, seen: Observation, { look, refreshTokens }: Bench): void {
  const token = form.get('refresh_token') ?? ''
  const before = refreshTokens.get(token)
  look('refresh-once', before === 'replaced' && 'the refresh token had been replaced')
  look('refresh-gives-up', before === 'refused' && 'the refresh token had been refused')
  const next = seen.answer.tokens?.refresh_token
  // Another refusal is of the client or the request, and may be over the next time.
  if (seen.error === 'invalid_grant') refreshTokens.set(token, 'refused')
  // Whoever never got the new one can only try the old one.
  else if (typeof next === 'string' && next !== token && !seen.faults.includes('cut-answer'))
    refreshTokens.set(token, 'replaced')
}

/** The faults by which a sound client refuses the sign-in. A signature may be left to TLS (Core 3.1.3.7, 6). */
const refusing = new Set<FaultName>([
  'id-wrong-issuer',
  'id-missing-issuer',
  'id-wrong-audience',
  'id-missing-audience',
  'id-wrong-nonce',
  'id-missing-nonce',
  'id-wrong-azp',
  'id-expired',
  'id-unsigned',
])

function rememberTokens({ answer, client, faults }: Observation, { accessTokens }: Bench): void {
  const token = answer.tokens?.access_token
  if (typeof token !== 'string') return
  const hasIdToken = typeof answer.tokens?.id_token === 'string'
  accessTokens.set(token, {
    client,
    isUnsound: hasIdToken && faults.some((fault) => refusing.has(fault)),
    isExpired: false,
  })
}
