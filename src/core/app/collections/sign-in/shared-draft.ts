import { connectionDraft, type ConnectionDraft } from '@contract/connections'
import { defined } from '@contract/defined'
import type { ConnectionSettings } from '@contract/connection-settings'
import { clientAuthenticationTable } from '@contract/tables/client-authentications'
import { keyIn } from '@contract/tables/keys-of'
import { redirectTable, type RedirectKind } from '@contract/tables/redirect-kinds'
import {
  sharedGrantOf,
  type FileSignIn,
  type SignInField,
  type SignInTexts,
} from '../../../collections/sign-in/sign-in-file.ts'
import { resolveText, type Lookup } from '../../../http/variables.ts'
import { redirectIn } from '../../../oauth/discovery/connect-url.ts'
import { checkEndpointUrl } from '../../../oauth/wire/endpoint-url.ts'
import { isLoopbackHost } from '../../../text/loopback-host.ts'

/** A connection as a file describes it. */
export interface SharedDraft {
  /** Without its secret. A provider without an issuer is yet to be looked for: its issuer is empty. */
  draft: ConnectionDraft
  /** What the file says of the endpoints, where the provider's metadata are to say the same. */
  stated: { authorizationEndpoint?: string; tokenEndpoint?: string }
  /** The client's secret, where the file or a variable has it. */
  clientSecret?: string
  warnings: string[]
}

/** Reads what a file says of a sign-in as a connection. Addresses of a foreign folder are held to the rules of any
 *  connection, and plain HTTP to another computer is never allowed by it. Or why it is none, in words. */
export function readSharedDraft(
  { texts: written, clientSecret }: FileSignIn,
  variables: Lookup,
): SharedDraft | string {
  const filled = fillTexts(written, variables)
  if (typeof filled === 'string') return filled
  const texts = filled
  const { authorizationEndpoint, tokenEndpoint, deviceAuthorizationEndpoint, issuer, clientId } = texts
  const grant = sharedGrantOf(texts)
  if (grant === undefined)
    return `It uses the grant “${texts.grant?.slice(0, 60) ?? ''}”, which a file cannot describe: make a connection for it in Accounts.`
  if (clientId === undefined) return 'It names no client (clientId).'
  const begins = { authorization_code: authorizationEndpoint, device_code: deviceAuthorizationEndpoint }
  const lacksFirst = grant !== 'client_credentials' && begins[grant] === undefined
  if (issuer === undefined && (tokenEndpoint === undefined || lacksFirst))
    return 'It names neither an issuer nor all endpoints that are needed.'
  const unsafe = unsafeAddress(texts)
  if (unsafe !== undefined) return unsafe
  const secret = secretOf(clientSecret, variables)
  const authentication = authenticationOf(texts, clientSecret !== undefined)
  if (authentication === undefined)
    return `Gatehouse does not know the client authentication “${texts.clientAuthentication?.slice(0, 60) ?? ''}”.`
  const assertionAudience = audienceOf(texts)
  if (assertionAudience === null) return 'Its assertionAudience is neither issuer nor token_endpoint.'
  // Without a browser nothing comes back to an address.
  const redirect = redirectOf(grant === 'authorization_code' ? texts : {})
  if (typeof redirect === 'string') return redirect
  const settings: ConnectionSettings = {
    ...redirect.settings,
    ...defined({
      grant: grant === 'authorization_code' ? undefined : grant,
      assertionAudience,
      audience: texts.audience,
      prompt: texts.prompt,
      acrValues: texts.acrValues,
      uiLocales: texts.uiLocales,
      dpop: texts.dpop === 'true' ? true : undefined,
      pushed: texts.pushed === 'true' ? true : undefined,
    }),
  }
  const byHand = issuer === undefined || texts.source === 'by-hand'
  const address = issuer ?? authorizationEndpoint ?? tokenEndpoint ?? ''
  const draft = connectionDraft.safeParse({
    name: (texts.name ?? new URL(address).host).slice(0, 200),
    provider: byHand
      ? {
          issuer: issuer ?? new URL(address).origin,
          tokenEndpoint: tokenEndpoint ?? '',
          ...defined({
            authorizationEndpoint,
            jwksUri: texts.jwksUri,
            userinfoEndpoint: texts.userinfoEndpoint,
            introspectionEndpoint: texts.introspectionEndpoint,
            deviceAuthorizationEndpoint,
            revocationEndpoint: texts.revocationEndpoint,
            endSessionEndpoint: texts.endSessionEndpoint,
            pushedAuthorizationRequestEndpoint: texts.pushedAuthorizationRequestEndpoint,
          }),
        }
      : { issuer },
    clientId,
    clientAuthentication: authentication,
    scope: (texts.scope ?? '').replace(/\s+/g, ' '),
    ...defined({ resource: texts.resource }),
    redirectKind: redirect.kind,
    allowInsecure: false,
    settings,
  })
  if (!draft.success) {
    const [issue] = draft.error.issues
    return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}.`
  }
  return {
    draft: draft.data,
    stated: defined({ authorizationEndpoint, tokenEndpoint }),
    ...defined({ clientSecret: secret }),
    warnings: [
      ...redirect.warnings,
      ...(isLoopbackHost(new URL(address).hostname) ? ['The provider is on this computer.'] : []),
    ],
  }
}

/** The texts with their variables put in, or why they cannot be used. */
function fillTexts(written: SignInTexts, variables: Lookup): SignInTexts | string {
  const texts: SignInTexts = {}
  for (const [field, source] of Object.entries(written) as [SignInField, string][]) {
    const { text, secret, missing } = resolveText(source, variables)
    if (missing.length > 0)
      return `${missing.map((name) => `{{${name}}}`).join(', ')} is not known. Choose an environment that has it.`
    if (secret) return `“${field}” holds a secret, which is not for a place that is shown.`
    if (text.length > longest) return `“${field}” is too long.`
    if (text.trim() !== '') texts[field] = text.trim()
  }
  return texts
}

const longest = 16_384

/** A secret that the file or its variables have; nothing where the variable is not entered. */
function secretOf(source: string | undefined, variables: Lookup): string | undefined {
  if (source === undefined) return undefined
  const { text, missing } = resolveText(source, variables)
  return missing.length > 0 || text === '' ? undefined : text
}

function authenticationOf(
  { clientAuthentication, placement }: SignInTexts,
  hasSecret: boolean,
): ConnectionDraft['clientAuthentication'] | undefined {
  if (clientAuthentication !== undefined) return keyIn(clientAuthenticationTable, clientAuthentication)
  if (!hasSecret) return 'none'
  return placement === 'body' ? 'client_secret_post' : 'client_secret_basic'
}

/** What a client assertion is for; null where it is said in a way that is not known. */
function audienceOf({
  assertionAudience: said,
}: SignInTexts): ConnectionSettings['assertionAudience'] | null {
  return said === undefined || said === 'issuer' || said === 'token_endpoint' ? said : null
}

const endpoints = [
  ['issuer', 'issuer'],
  ['authorizationEndpoint', 'authorization endpoint'],
  ['tokenEndpoint', 'token endpoint'],
  ['jwksUri', 'key set address'],
  ['userinfoEndpoint', 'userinfo endpoint'],
  ['introspectionEndpoint', 'introspection endpoint'],
  ['deviceAuthorizationEndpoint', 'device authorization endpoint'],
  ['revocationEndpoint', 'revocation endpoint'],
  ['endSessionEndpoint', 'logout endpoint'],
  ['pushedAuthorizationRequestEndpoint', 'PAR endpoint'],
] as const

/** Addresses that are none, or are not encrypted, or lead from elsewhere into this computer. */
function unsafeAddress(texts: SignInTexts): string | undefined {
  const hosts: string[] = []
  for (const [field, name] of endpoints) {
    const text = texts[field]
    if (text === undefined) continue
    const checked = checkEndpointUrl(text, { allowInsecure: false, name })
    if (!checked.ok) return checked.error.message
    hosts.push(new URL(checked.value).hostname)
  }
  return leadsInward(hosts) ? inward : undefined
}

export const inward =
  'A remote provider must not have addresses on this computer, and this one does. Nothing is sent there.'

/** Whether some hosts are this computer, and others are not. */
export function leadsInward(hosts: readonly string[]): boolean {
  return hosts.some(isLoopbackHost) && !hosts.every(isLoopbackHost)
}

interface Redirect {
  kind: RedirectKind
  settings: ConnectionSettings
  warnings: string[]
}

/** Where the browser is sent back to: as Gatehouse's own words say it, else as the address tells. */
function redirectOf({ redirectKind, redirectUri }: SignInTexts): Redirect | string {
  const named = redirectKind === undefined ? undefined : keyIn(redirectTable, redirectKind)
  if (redirectKind !== undefined && named === undefined)
    return `Gatehouse does not know the redirect “${redirectKind.slice(0, 60)}”.`
  if (redirectUri === undefined) return { kind: named ?? 'loopback', settings: {}, warnings: [] }
  const { kind, loopback } = redirectIn(redirectUri)
  if (kind === 'custom-scheme' || named === 'custom-scheme')
    return { kind: 'custom-scheme', settings: {}, warnings: [] }
  if (kind === 'loopback' && loopback !== undefined && named !== 'window')
    return { kind: 'loopback', settings: loopback, warnings: [] }
  return {
    kind: 'window',
    settings: { windowRedirectUri: redirectUri },
    warnings: [
      `The client is registered for ${redirectUri.slice(0, 200)}, another program’s redirect. A window of Gatehouse opens the sign-in page and takes the response there.`,
    ],
  }
}
