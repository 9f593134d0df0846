import type { CarriedCredential, WireRequest } from './wire.ts'
import { mark } from '../secrecy/mark.ts'
import { appendToQuery } from '../text/query.ts'

/** An address with what the credential puts into its query. */
export function withCredentialQuery(url: string, { place, text, further = [] }: CarriedCredential): string {
  const parameters = further.flatMap(({ where, name, value }): [string, string][] =>
    where === 'parameter' ? [[name, value]] : [],
  )
  if (place?.query !== undefined) parameters.push([place.query, text])
  return parameters.length === 0 ? url : appendToQuery(url, parameters)
}

/** A request's headers with those of the credential. What the request itself names goes before what goes along with a
 *  token. A secret that is proven and not sent is in none of them. */
export async function withCredentialHeaders(
  { method, url, headers }: WireRequest,
  credential: CarriedCredential | undefined,
): Promise<[string, string][]> {
  if (credential === undefined) return [...headers]
  const { place, text, prover, further = [] } = credential
  const named = new Set(headers.map(([name]) => name.toLowerCase()))
  const along = further.flatMap(({ where, name, value }): [string, string][] =>
    where === 'header' && !named.has(name.toLowerCase()) ? [[name, value]] : [],
  )
  const all = [...headers, ...along]
  if (credential.proof !== undefined) return all
  if (place?.cookie !== undefined) return withCookie(all, `${place.cookie}=${text}`)
  if (place?.query !== undefined) return all
  all.push([headerOf(credential), withScheme(credential)])
  if (prover !== undefined) all.push(['DPoP', await prover.proof({ method, url, accessToken: text })])
  return all
}

/** A request with the cookies of a jar. What the request itself names goes before a cookie of the same name, and so does a
 *  token that is carried in one: of two, servers take the first. */
export function withKeptCookies(
  request: WireRequest,
  kept: string | undefined,
  credential?: CarriedCredential,
): WireRequest {
  if (kept === undefined) return request
  const own = request.headers.flatMap(([name, value]) =>
    name.toLowerCase() === 'cookie' ? value.split(';').map(nameOfPair) : [],
  )
  const named = new Set([...own, credential?.place?.cookie])
  const others = kept.split('; ').filter((pair) => !named.has(nameOfPair(pair)))
  return others.length === 0
    ? request
    : { ...request, headers: withCookie(request.headers, others.join('; ')) }
}

/** Of a cookie without a name, nothing. */
function nameOfPair(pair: string): string {
  return pair.slice(0, Math.max(0, pair.indexOf('='))).trim()
}

/** Headers as they may be shown: the token, and the secrets that go along with it, are covered whatever holds them. */
export function covered(
  headers: [string, string][],
  credential: CarriedCredential | undefined,
): [string, string][] {
  if (credential === undefined) return headers
  const secrets = (credential.further ?? []).flatMap(({ secret, value }) =>
    secret && value !== '' ? value : [],
  )
  const all = [credential.text, ...secrets].filter((secret) => secret !== '')
  return headers.map(([name, value]) => [
    name,
    all.reduce((text, secret) => text.replaceAll(secret, mark), value),
  ])
}

/** What stays behind where a redirect leads to another origin. */
export function namesOfCarried(credential: CarriedCredential): string[] {
  const { place, further = [] } = credential
  const carrier = place?.cookie !== undefined ? 'Cookie' : (place?.query ?? headerOf(credential))
  return [carrier, ...further.map(({ name }) => name)]
}

function headerOf({ place }: CarriedCredential): string {
  return place?.header ?? 'Authorization'
}

function withScheme({ type, text, place }: CarriedCredential): string {
  const scheme = place?.scheme ?? (place?.header === undefined ? type : 'none')
  return scheme.toLowerCase() === 'none' ? text : `${scheme} ${text}`
}

/** One Cookie header is all that a request may have (RFC 6265 section 5.4). */
function withCookie(headers: [string, string][], pair: string): [string, string][] {
  const others = headers.filter(([name]) => name.toLowerCase() !== 'cookie')
  const own = headers.flatMap(([name, value]) => (name.toLowerCase() === 'cookie' ? value : []))
  return [...others, ['Cookie', [...own, pair].join('; ')]]
}
