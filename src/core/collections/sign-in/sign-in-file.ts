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
  name: { own: 'name' },
  issuer: { own: 'issuer' },
  /** `by-hand` where the provider publishes no metadata. */
  source: { own: 'source' },
  clientAuthentication: { own: 'clientAuthentication' },
  redirectKind: { own: 'redirect' },
  resource: { own: 'resource' },
  audience: { own: 'audience' },
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

/** The grant that a person signs in by, as the format calls it. */
const flow = 'authorization_code'
/** Where Gatehouse's own fields are. */
export const ownPlace = ['extensions', 'gatehouse', 'signIn'] as const

/** The sign-in that a file's “auth” block means: an authorization code of OAuth 2 (RFC 6749 section 4.1). */
export function signInOf(file: YamlFile, section: unknown): FileSignIn | undefined {
  const auth = valueOf(file, section, 'auth')
  const said = (map: unknown, path: readonly string[]): string =>
    textOf(path.reduce<unknown>((inner, name) => valueOf(file, inner, name), map)) ?? ''
  if (!isMap(auth) || said(auth, ['type']) !== 'oauth2' || said(auth, ['flow']) !== flow) return undefined
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

/** The “auth” block of a sign-in, by the places in it. */
export function authMembersOf(texts: SignInTexts): [readonly string[], string][] {
  return [
    [['type'], 'oauth2'],
    [['flow'], flow],
    ...signInFields.flatMap((field): [readonly string[], string][] => {
      const place = places[field]
      return 'auth' in place ? [[place.auth, texts[field] ?? '']] : []
    }),
    [['pkce', 'method'], 'S256'],
  ]
}

/** Gatehouse's own fields of a sign-in, by their names; empty ones are not there. */
export function ownMembersOf(texts: SignInTexts): [string, string][] {
  return signInFields.flatMap((field): [string, string][] => {
    const place = places[field]
    return 'own' in place ? [[place.own, texts[field] ?? '']] : []
  })
}
