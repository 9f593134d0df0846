import type { GrantKind } from '@contract/tables/grants'
import { keyIn } from '@contract/tables/keys-of'
import { isMap } from 'yaml'
import { textOf, valueOf, type YamlFile } from '../yaml-file.ts'

/** Where each text of a sign-in is: in the format's “auth” block, which other programs read, or under
 *  `extensions.gatehouse.signIn`, which is Gatehouse's own. Nothing of it is secret. */
const places = {
  authorizationEndpoint: { auth: ['authorizationUrl'] },
  tokenEndpoint: { auth: ['accessTokenUrl'] },
  redirectUri: { auth: ['callbackUrl'] },
  clientId: { auth: ['credentials', 'clientId'] },
  /** `basic_auth_header` or `body`. */
  placement: { auth: ['credentials', 'placement'] },
  scope: { auth: ['scope'] },
  /** Left out it is the authorization code. In the block itself, so that another auth in its place has none. */
  grant: { auth: ['extensions', 'grant'] },
  name: { own: 'name' },
  issuer: { own: 'issuer' },
  /** `by-hand` where the provider publishes no metadata. */
  source: { own: 'source' },
  clientAuthentication: { own: 'clientAuthentication' },
  redirectKind: { own: 'redirect' },
  resource: { own: 'resource' },
  audience: { own: 'audience' },
  /** `issuer` or `token_endpoint`: what a client assertion is for. */
  assertionAudience: { own: 'assertionAudience' },
  dpop: { own: 'dpop' },
  pushed: { own: 'pushed' },
  prompt: { own: 'prompt' },
  acrValues: { own: 'acrValues' },
  uiLocales: { own: 'uiLocales' },
  jwksUri: { own: 'jwksUri' },
  userinfoEndpoint: { own: 'userinfoEndpoint' },
  introspectionEndpoint: { own: 'introspectionEndpoint' },
  revocationEndpoint: { own: 'revocationEndpoint' },
  endSessionEndpoint: { own: 'endSessionEndpoint' },
  deviceAuthorizationEndpoint: { own: 'deviceAuthorizationEndpoint' },
  pushedAuthorizationRequestEndpoint: { own: 'pushedAuthorizationRequestEndpoint' },
} as const satisfies Record<string, { auth: readonly string[] } | { own: string }>

export type SignInField = keyof typeof places
/** What a file says of a sign-in, as written: texts may name variables. Fields that it lacks are left out. */
export type SignInTexts = Partial<Record<SignInField, string>>

/** A sign-in of a file, and its client secret if that is there too: in a variable, as it should be, or as it is. */
export interface FileSignIn {
  texts: SignInTexts
  clientSecret?: string
}

/** Grants that a sign-in may have, and the flow of the format that stands for each: it has none for a device code, for
 *  which other programs may try the browser. */
const flows = {
  authorization_code: 'authorization_code',
  device_code: 'authorization_code',
  client_credentials: 'client_credentials',
} as const satisfies Partial<Record<GrantKind, string>>
export type SharedGrant = keyof typeof flows

/** The grant of a sign-in; nothing for one that a file cannot describe. */
export function sharedGrantOf({ grant }: Pick<SignInTexts, 'grant'>): SharedGrant | undefined {
  return grant === undefined ? 'authorization_code' : keyIn(flows, grant)
}

/** Where Gatehouse's own fields are. */
export const ownPlace = ['extensions', 'gatehouse', 'signIn'] as const

/** The sign-in that a file's “auth” block means: an authorization code of OAuth 2 (RFC 6749 section 4.1), or another grant
 *  that it names. Client credentials without that word are an auth of their own. */
export function signInOf(file: YamlFile, section: unknown): FileSignIn | undefined {
  const auth = valueOf(file, section, 'auth')
  const said = (map: unknown, path: readonly string[]): string =>
    textOf(path.reduce<unknown>((inner, name) => valueOf(file, inner, name), map)) ?? ''
  if (!isMap(auth) || said(auth, ['type']) !== 'oauth2') return undefined
  const [flow, grant] = [said(auth, ['flow']), said(auth, places.grant.auth)]
  if (flow !== flows.authorization_code && (grant === '' || flow !== flowOf({ grant }))) return undefined
  const own = ownPlace.reduce<unknown>((inner, name) => valueOf(file, inner, name), file.root)
  const texts: SignInTexts = {}
  for (const field of signInFields) {
    const place = places[field]
    const text = 'auth' in place ? said(auth, place.auth) : said(own, [place.own])
    if (text.trim() !== '') texts[field] = text.trim()
  }
  const clientSecret = said(auth, ['credentials', 'clientSecret'])
  return { texts, ...(clientSecret !== '' && { clientSecret }) }
}

export const signInFields = Object.keys(places) as SignInField[]

function flowOf({ grant }: Pick<SignInTexts, 'grant'>): string {
  return flows[sharedGrantOf({ grant }) ?? 'authorization_code']
}

/** Whether two of them have the same block, in which only texts differ. */
export function sameBlock(one: SignInTexts, other: SignInTexts): boolean {
  return one.grant === other.grant
}

/** The “auth” block of a sign-in, by the places in it. */
export function authMembersOf(texts: SignInTexts): [readonly string[], string][] {
  return [
    [['type'], 'oauth2'],
    [['flow'], flowOf(texts)],
    ...signInFields.flatMap((field): [readonly string[], string][] => {
      const place = places[field]
      return 'auth' in place ? [[place.auth, texts[field] ?? '']] : []
    }),
    [['pkce', 'method'], sharedGrantOf(texts) === 'authorization_code' ? 'S256' : ''],
  ]
}

/** Gatehouse's own fields of a sign-in, by their names; empty ones are not there. */
export function ownMembersOf(texts: SignInTexts): [string, string][] {
  return signInFields.flatMap((field): [string, string][] => {
    const place = places[field]
    return 'own' in place ? [[place.own, texts[field] ?? '']] : []
  })
}
