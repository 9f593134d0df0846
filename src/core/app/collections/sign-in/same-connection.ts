import type { ConnectionSettings } from '@contract/connection-settings'
import type { ConnectionDraft } from '@contract/connections'
import { grantOf } from '@contract/tables/grants'
import type { Connection } from '../../../records/model.ts'
import type { SharedDraft } from './shared-draft.ts'

/** Whether a connection is the same as a file describes in everything that decides where secrets go, and what is asked
 *  for. Where the file names no issuer, its endpoints tell. */
export function isSameConnection(
  connection: Connection,
  { draft, stated }: Pick<SharedDraft, 'draft' | 'stated'>,
  namesIssuer: boolean,
): boolean {
  const { metadata } = connection
  if (namesIssuer && metadata.issuer !== draft.provider.issuer) return false
  return (
    isStated(metadata.authorization_endpoint, stated.authorizationEndpoint) &&
    isStated(metadata.token_endpoint, stated.tokenEndpoint) &&
    hasEndpointsOf(connection, draft) &&
    connection.unreadable === undefined &&
    connection.clientId === draft.clientId &&
    connection.clientAuthentication === draft.clientAuthentication &&
    (grantOf(draft.settings) !== 'authorization_code' || connection.redirectKind === draft.redirectKind) &&
    connection.resource === draft.resource &&
    !connection.allowInsecure &&
    scopes(connection.scope) === scopes(draft.scope) &&
    settingsText(connection.settings) === settingsText(draft.settings)
  )
}

/** Endpoints that were entered are those of the draft; discovered ones come with the issuer. */
function hasEndpointsOf({ metadata, metadataSource }: Connection, { provider }: ConnectionDraft): boolean {
  if (!('tokenEndpoint' in provider) || metadataSource === 'discovery') return true
  return (
    isSame(metadata.jwks_uri, provider.jwksUri) &&
    isSame(metadata.userinfo_endpoint, provider.userinfoEndpoint) &&
    isSame(metadata.introspection_endpoint, provider.introspectionEndpoint) &&
    isSame(metadata.device_authorization_endpoint, provider.deviceAuthorizationEndpoint) &&
    isSame(metadata.revocation_endpoint, provider.revocationEndpoint) &&
    isSame(metadata.end_session_endpoint, provider.endSessionEndpoint) &&
    isSame(metadata.pushed_authorization_request_endpoint, provider.pushedAuthorizationRequestEndpoint)
  )
}

function isStated(actual: string | undefined, stated: string | undefined): boolean {
  return stated === undefined || isSame(actual, stated)
}

/** Whether two addresses are one, however they are written. */
export function isSame(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return (
    one === other || (URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href)
  )
}

function scopes(scope: string): string {
  return [...new Set(scope.split(/\s+/).filter(Boolean))].sort().join(' ')
}

/** Settings that say something, in one order; as typed they may name variables, which decides nothing. */
function settingsText({ typed: _typed, ...settings }: ConnectionSettings = {}): string {
  const said = Object.entries<unknown>(settings).filter(
    ([name, value]) =>
      value !== undefined &&
      value !== false &&
      !(Array.isArray(value) && value.length === 0) &&
      !(name === 'loopbackHost' && value === '127.0.0.1') &&
      !(name === 'grant' && value === 'authorization_code'),
  )
  return JSON.stringify(said.sort(([one], [other]) => (one < other ? -1 : 1)))
}
