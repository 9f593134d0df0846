import type { Allowed, TemplateFact } from '@contract/connect'
import type { ConnectionSettings } from '@contract/connection-settings'
import type { ClientAuthentication, RedirectKind } from '@contract/connections'

/** A kind of provider. Every fact was read in the provider's own documentation or source, named in
 *  `sources`; what was not found there is left out or `unknown`. */
export interface Template {
  id: string
  name: string
  issuer?: string
  endpoints?: { issuer: string; authorizationEndpoint: string; tokenEndpoint: string }
  blanks: { id: string; label: string; example: string }[]
  /** Finds the blanks in an issuer or an authorization endpoint, as named groups. */
  recognise: RegExp[]
  customScheme: Allowed
  loopback: Allowed
  facts: TemplateFact[]
  scope: string
  redirectKind: RedirectKind
  clientAuthentication: ClientAuthentication
  /** What its requests need beyond the common path. */
  settings?: ConnectionSettings
  /** https. */
  documentation: string
  sources: string[]
}
