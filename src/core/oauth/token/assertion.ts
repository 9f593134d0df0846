import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import type { TokenRequestContext } from './granted.ts'

/** Makes and signs an assertion of the JWT bearer grant with the client key (RFC 7523 section 3): it lives five
 *  minutes. `now` in milliseconds. Codes: `connection_no_key`. */
export async function makeAssertion(
  { connection, keys = {} }: Pick<TokenRequestContext, 'connection' | 'keys'>,
  { subject, now, newId }: { subject: string; now: number; newId: () => string },
): Promise<Result<string>> {
  const { signing } = keys
  if (signing === undefined) {
    return fail(
      'connection_no_key',
      'The assertion has to be signed here, but the connection has no key.',
      'Generate or import a client key in the connection, or paste an assertion.',
    )
  }
  const { SignJWT, importJWK } = await import('jose')
  const { metadata, settings, clientId, scope } = connection
  const { alg = 'ES256' } = signing
  const seconds = Math.floor(now / 1000)
  const atTokenEndpoint = settings?.assertionAudience === 'token_endpoint'
  const audience = atTokenEndpoint ? metadata.token_endpoint : metadata.issuer
  const assertion = await new SignJWT({
    jti: newId(),
    ...defined({ scope: scope === '' ? undefined : scope }),
  })
    .setProtectedHeader({ alg, typ: 'JWT', ...defined({ kid: signing.kid }) })
    .setIssuer(clientId)
    .setSubject(subject)
    .setAudience(audience ?? metadata.issuer)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 300)
    .sign(await importJWK(signing, alg))
  return ok(assertion)
}
