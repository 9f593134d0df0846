import type { Result } from '@contract/result'
import type { WritePem } from '../keys/given-key.ts'
import type { JwkSet } from '../keys/jwk.ts'
import { publicJwk } from '../keys/jwk.ts'
import { isObject, member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** Of a large set, the keys whose spellings are tried. */
const mostTried = 3

/** The public halves of keys as texts under which libraries hand them over: JWK and JWK Set as JSON, PEM of the key
 *  (SPKI and, for RSA, PKCS#1) and of its certificate where the key brings one. */
export function publicSpellings({ keys }: JwkSet, writePem: WritePem): [name: string, text: string][] {
  const tried = keys.filter(isObject).slice(0, mostTried)
  return [
    ...tried.flatMap((jwk) => spellingsOf(jwk, writePem)),
    ['JWK Set as JSON', JSON.stringify({ keys })],
  ]
}

function spellingsOf(jwk: JsonObject, writePem: WritePem): [string, string][] {
  const bare = publicJwk(jwk)
  const chain = member(jwk, 'x5c')
  const certificate: unknown = Array.isArray(chain) ? chain[0] : undefined
  const json: [string, string][] = [jwk, ...(bare ? [bare] : [])].flatMap((key): [string, string][] => [
    ['JWK as JSON', JSON.stringify(key)],
    ['JWK Set as JSON', JSON.stringify({ keys: [key] })],
  ])
  const pems: [string, string | undefined][] = [
    ['SPKI', bare && written(writePem(bare, 'spki'))],
    ['PKCS#1', bare && written(writePem(bare, 'pkcs1'))],
    ['certificate', typeof certificate === 'string' ? certificatePem(certificate) : undefined],
  ]
  return [
    ...json,
    ...pems.flatMap(([name, text]) => (text === undefined ? [] : lineEnds(`PEM, ${name}`, text))),
  ]
}

/** A text with and without blanks around it, and with either line end. */
export function lineEnds(name: string, text: string): [name: string, text: string][] {
  const unix = text.trim().replaceAll('\r\n', '\n')
  const windows = unix.replaceAll('\n', '\r\n')
  return [
    [`${name}, with a line break`, `${unix}\n`],
    [`${name}, without a line break`, unix],
    [`${name}, with a leading space`, ` ${unix}`],
    [`${name}, with a leading space and a line break`, ` ${unix}\n`],
    [`${name}, with CR LF`, `${windows}\r\n`],
    [`${name}, with CR LF only inside`, windows],
  ]
}

/** Nothing where the key has no such form. */
function written(pem: Result<string>): string | undefined {
  return pem.ok ? pem.value : undefined
}

/** A member of `x5c` is base64, without the lines of PEM (RFC 7515 section 4.1.6). */
function certificatePem(base64: string): string {
  const lines = base64.replaceAll(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----`
}
