import type { Check } from '@contract/tokens/tokens'
import { quoted } from '../checks/check.ts'
import { hasPrivateMembers } from '../keys/jwk.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { named } from './named.ts'
import { isDisguised } from './text-tricks.ts'

/** Keys that the token brings along, or says where to find (RFC 8725 section 3.10). */
export function nameKeys(header: JsonObject): Check[] {
  return [...byAddress(header), ...certificates(header), ...keys(header), ...secrets(header)]
}

function byAddress(header: JsonObject): Check[] {
  const checks: Check[] = []
  for (const name of ['jku', 'x5u']) {
    const address = member(header, name)
    if (address !== undefined)
      checks.push(
        named(
          `${name}-fetched`,
          `Attack: key from ${name}`,
          'RFC 8725 section 3.10',
          `An API that fetches keys from ${quoted(address)} because the token says so trusts whoever runs that address, and can be tricked into requests to its own network.${trickOf(address)}`,
        ),
      )
  }
  return checks
}

/** Where an address leads that one does not expect; empty where it is plain. */
function trickOf(address: unknown): string {
  if (typeof address !== 'string') return ' It is not text.'
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined) return ' It is not an address.'
  if (!['https:', 'http:'].includes(url.protocol))
    return ` It is of the scheme ${url.protocol} and reads a file, or speaks another protocol.`
  const disguise = disguiseOf(address)
  if (disguise !== '') return disguise
  if (isInside(url.hostname)) return ' It is inside a network: the API asks its own neighbors (SSRF).'
  if (/(?:https?:|%3a)(?:\/|%2f){2}|[?&][\w-]{1,30}=(?:\/|%2f){2}/i.test(url.pathname + url.search))
    return ' It contains another address: an open redirect leads there.'
  return url.protocol === 'http:' ? ' It is not encrypted: anyone in between can substitute other keys.' : ''
}

/** How an address is made to look like another one; empty where it is not. */
export function disguiseOf(whole: string): string {
  const address = whole.slice(0, 2_000)
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined) return ''
  if (url.username !== '' || url.password !== '')
    return ` Its host is ${quoted(url.host)}: what is before @ is a username.`
  if (/^[^/]{1,8}\/\/[^/?#]{0,200}[\\#]/.test(address))
    return ` Its host is ${quoted(url.host)}; what looks like the rest of it is not.`
  if (url.hostname.includes('xn--') || isDisguised(address))
    return ` Its host has letters that can look like others: ${quoted(url.host)}.`
  return /\/(?:\.|%2e){2}(?:\/|%2f|$)/i.test(address) ? ' Its path climbs out of its base.' : ''
}

function isInside(host: string): boolean {
  return (
    /^(?:localhost|.*\.local|.*\.internal|\[.*\])$/.test(host) ||
    /^(?:127|10|0|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./.test(host)
  )
}

function certificates(header: JsonObject): Check[] {
  return member(header, 'x5c') === undefined
    ? []
    : [
        named(
          'x5c-embedded',
          'Attack, if nothing pins it: certificate in the token',
          'RFC 8725 section 3.10',
          'The token contains the certificate to check it with. An API that does not tie the chain to a root of its own accepts any token anyone makes.',
        ),
      ]
}

function keys(header: JsonObject): Check[] {
  const own = member(header, 'jwk')
  const name = ['jwk', 'jwks', 'key', 'pem'].find((each) => member(header, each) !== undefined)
  const isProof = carriesItsKey(header)
  if (isObject(own) && hasPrivateMembers(own))
    return [
      named(
        'jwk-private',
        textMember(own, 'kty') === 'oct'
          ? 'Attack: key in the token, a secret'
          : 'Attack: key in the token, with its private part',
        'RFC 7515 section 4.1.3',
        'The token contains the key that it is signed with: anyone who reads it can sign others, and an API that uses it accepts any token anyone makes.',
      ),
    ]
  if (name === undefined || (isProof && isObject(own))) return []
  return [
    named(
      'jwk-embedded',
      'Attack: key in the token',
      'RFC 8725 section 3.10',
      `The token contains the key to check it with (${name}). An API that uses that key accepts any token anyone makes.`,
    ),
  ]
}

/** Whether the token is of a kind that proves nothing but the possession of the key that it carries. */
export function carriesItsKey(header: JsonObject): boolean {
  const typ = textMember(header, 'typ')?.toLowerCase() ?? ''
  return ['dpop+jwt', 'openid4vci-proof+jwt'].includes(typ)
}

/** Members of a header that are called a secret. */
function secrets(header: JsonObject): Check[] {
  const name = ['secret', 'k', 'password', 'secretKey', 'private_key'].find(
    (each) => member(header, each) !== undefined,
  )
  return name === undefined
    ? []
    : [
        named(
          'secret-in-header',
          'Attack: secret in the header',
          'RFC 8725 section 3.10',
          `The header contains ${name}. Anyone can read a header, and an API that takes its secret from there accepts any token anyone makes.`,
        ),
      ]
}
