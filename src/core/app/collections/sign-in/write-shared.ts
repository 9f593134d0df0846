import type { ConnectionSettings } from '@contract/connection-settings'
import { defined } from '@contract/defined'
import { fail, ok, type Result } from '@contract/result'
import { grantOf } from '@contract/tables/grants'
import { sharedGrantOf, type SignInTexts } from '../../../collections/sign-in/sign-in-file.ts'
import { registeredRedirectUri } from '../../../oauth/redirect/redirect-uri.ts'
import type { Connection } from '../../../records/model.ts'
import { hasToken, isCredentials } from '../../../secrecy/looks.ts'

/** What a connection's settings are written as; others are left out, and named. */
const written = new Set<keyof ConnectionSettings>([
  'grant',
  'assertionAudience',
  'audience',
  'prompt',
  'acrValues',
  'uiLocales',
  'dpop',
  'pushed',
  'loopbackHost',
  'loopbackPort',
  'windowRedirectUri',
  'typed',
])

/** What a colleague needs to sign in through the same connection: nothing of it is secret. `leftOut` names what of the
 *  connection has no place in a file. Codes: `shared_unfit`. */
export function shareConnection(connection: Connection): Result<{ texts: SignInTexts; leftOut: string[] }> {
  const { metadata, metadataSource, settings = {} } = connection
  const grant = grantOf(settings)
  const isByBrowser = grant === 'authorization_code'
  if (sharedGrantOf({ grant }) === undefined) return unfit('Its grant needs what is typed at each sign-in.')
  if (connection.unreadable !== undefined) return { ok: false, error: connection.unreadable }
  if (connection.allowInsecure)
    return unfit('It allows plain HTTP to another computer, which no folder can ask of others.')
  const byHand = metadataSource === 'by-hand'
  const on = (value: boolean | undefined): string | undefined => (value === true ? 'true' : undefined)
  const texts: SignInTexts = defined({
    name: connection.name,
    issuer: metadata.issuer,
    source: byHand ? 'by-hand' : undefined,
    authorizationEndpoint: metadata.authorization_endpoint,
    tokenEndpoint: metadata.token_endpoint,
    grant: isByBrowser ? undefined : grant,
    redirectUri: isByBrowser ? registeredRedirectUri(connection) : undefined,
    clientId: connection.clientId,
    placement: placements[connection.clientAuthentication],
    scope: connection.scope === '' ? undefined : connection.scope,
    clientAuthentication: connection.clientAuthentication,
    redirectKind: isByBrowser ? connection.redirectKind : undefined,
    resource: connection.resource,
    assertionAudience: settings.assertionAudience,
    audience: settings.audience,
    dpop: on(settings.dpop),
    pushed: on(settings.pushed),
    prompt: settings.prompt,
    acrValues: settings.acrValues,
    uiLocales: settings.uiLocales,
    ...(byHand && {
      jwksUri: metadata.jwks_uri,
      userinfoEndpoint: metadata.userinfo_endpoint,
      introspectionEndpoint: metadata.introspection_endpoint,
      deviceAuthorizationEndpoint: metadata.device_authorization_endpoint,
      revocationEndpoint: metadata.revocation_endpoint,
      endSessionEndpoint: metadata.end_session_endpoint,
      pushedAuthorizationRequestEndpoint: metadata.pushed_authorization_request_endpoint,
    }),
  })
  const secret = Object.entries(texts).find(([, text]) => isCredentials(text) || hasToken(text))
  if (secret) return unfit(`“${secret[0]}” looks like a secret.`)
  const leftOut = (Object.keys(settings) as (keyof ConnectionSettings)[]).filter(
    (name) => !written.has(name) && says(settings[name]),
  )
  return ok({ texts, leftOut })
}

const placements: Partial<Record<Connection['clientAuthentication'], string>> = {
  client_secret_basic: 'basic_auth_header',
  client_secret_post: 'body',
}

function says(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)
}

function unfit(why: string) {
  return fail('shared_unfit', `This connection cannot be written into a collection. ${why}`)
}
