import { z } from 'zod'
import { connectionSettings, type ConnectionSettings } from './connection-settings.ts'
import type { ConnectionView, ProviderByHand, ProviderView, RedirectKind } from './connections.ts'
import { clientAuthentication, redirectKind, type ClientAuthentication } from './connections.ts'
import { isRegistrable } from './tables/client-authentications.ts'
import { limits, name, scope, url } from './limits.ts'

/** How a provider takes a redirect of a desktop app. `unknown`: its documentation was not found to say. */
export type Allowed = 'yes' | 'no' | 'unknown'

/** Something worth knowing about a kind of provider. */
export interface TemplateFact {
  label: string
  says: string
}

/** A kind of provider: what its issuer looks like, and what it allows a desktop app. */
export interface TemplateView {
  id: string
  name: string
  /** With blanks in braces; absent where it has no discovery. */
  issuer?: string
  /** For one without discovery; may hold the same blanks. */
  endpoints?: { issuer: string; authorizationEndpoint: string; tokenEndpoint: string }
  blanks: { id: string; label: string; example: string }[]
  customScheme: Allowed
  loopback: Allowed
  /** Redirect, PKCE, refresh tokens, access tokens, audience, logout, oddities. */
  facts: TemplateFact[]
  /** What the form begins with. */
  scope: string
  redirectKind: RedirectKind
  clientAuthentication: ClientAuthentication
  /** Host of the documentation that the button opens. */
  documentationHost: string
}

/** What a pasted address turned out to be. */
export type PastedKind = 'issuer' | 'metadata-document' | 'authorization-url' | 'api' | 'resource-metadata'

/** What is still lacking, and where it is to be had. */
export interface MissingPart {
  what: string
  where: string
}

/** What became of a pasted address: the form to fill, in parts. */
export interface ConnectFound {
  kind: PastedKind
  /** Discovered from the provider itself. */
  provider?: ProviderView
  /** The issuer as it was typed, with names of variables. */
  typedIssuer?: string
  /** The API takes no GET: a POST may show more of it, by the user's word. */
  takesNoGet?: true
  /** The issuer with a blank that only a person can fill, in braces. */
  issuerPattern?: string
  /** Where it has no discovery: as far as it is known. */
  byHand?: Partial<ProviderByHand>
  /** Dynamic registration is offered (RFC 7591). */
  registers: boolean
  template?: TemplateView
  clientId?: string
  scope?: string
  resource?: string
  redirectKind?: RedirectKind
  settings?: ConnectionSettings
  /** Further providers that the API takes tokens of (RFC 9728). */
  otherProviders: string[]
  missing: MissingPart[]
  notes: string[]
}

/** What a registration needs (RFC 7591). */
export const registrationDraft = z
  .object({
    name,
    issuer: url,
    allowInsecure: z.boolean(),
    scope,
    resource: url.optional(),
    redirectKind,
    /** `none` or a way of using the secret that the provider hands out. */
    clientAuthentication: clientAuthentication.extract(clientAuthentication.options.filter(isRegistrable)),
    settings: connectionSettings.optional(),
    /** Where the provider registers only who was invited (RFC 7591 section 3). */
    initialAccessToken: z.string().trim().max(limits.secret).optional(),
  })
  .strict()
export type RegistrationDraft = z.infer<typeof registrationDraft>

/** A connection made by registering. */
export interface RegisteredView {
  connection: ConnectionView
  /** What the provider made otherwise than asked. */
  notes: string[]
}
