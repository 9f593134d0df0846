import { fail, ok, type Result } from '@contract/result'
import { decodeBase64url } from '../text/base64url.ts'
import { isObject, member, readJsonObject, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { jwsAlgorithm } from './algorithms.ts'
import { hasPrivateMembers, mostKeys, type JwkSet } from './jwk.ts'

/** How the text of a shared secret stands for its bytes. */
type SecretEncoding = 'text' | 'base64' | 'base64url' | 'hex'

/** A key as a person gives it: a JWK, a JWK Set, PEM, or a shared secret. */
export interface KeyInput {
  text: string
  /** How a shared secret is written; left out it is text. */
  encoding?: SecretEncoding | undefined
  /** The only algorithm to accept; left out the key says, or the first of those that fit it. */
  algorithm?: string | undefined
}

/** Reads PEM (SPKI, PKCS#8, PKCS#1, SEC 1, X.509) as a JWK. Code: `key_unreadable`. */
export type ReadPem = (pem: string) => Result<{ jwk: JsonObject; from: string }>

/** A key that can verify or sign. `algorithms`: those that fit it, the pinned one alone where one was named. */
export interface GivenKey {
  from: 'secret' | 'jwk' | 'jwks' | 'pem'
  /** In words, for the check: `a shared secret of 32 bytes`. */
  says: string
  secret?: Uint8Array<ArrayBuffer>
  keys?: JwkSet
  algorithms: string[]
  /** Nothing but a guess names the algorithm: the key says none and nobody chose one. */
  assumed: boolean
}

/** Longest text of a key, in characters. */
const longestKey = 262_144

const hmac = ['HS256', 'HS384', 'HS512']
const fitting: Readonly<Record<string, string[]>> = {
  RSA: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
  secp256k1: ['ES256K'],
  Ed25519: ['EdDSA', 'Ed25519'],
  oct: hmac,
}

/** Reads a key. The algorithm is pinned by the key and the user, never by a token (RFC 8725 section 3.1).
 *  Codes: `key_missing`, `key_unreadable`, `key_no_algorithm`, `secret_unreadable`. */
export function readGivenKey(
  { text, encoding = 'text', algorithm }: KeyInput,
  readPem: ReadPem,
): Result<GivenKey> {
  if (text.length > longestKey)
    return fail('key_unreadable', 'This is too long for a key.', 'Paste the key alone.')
  const bare = text.trim()
  if (bare === '')
    return fail('key_missing', 'There is no key.', 'Paste a JWK, a PEM file or a shared secret.')
  if (bare.startsWith('-----BEGIN ')) {
    const read = readPem(bare)
    return read.ok ? asymmetric('pem', read.value.from, [read.value.jwk], algorithm) : read
  }
  const object = bare.startsWith('{') ? readJsonObject(new TextEncoder().encode(bare)) : undefined
  if (object?.ok) {
    const keys = member(object.value, 'keys')
    if (Array.isArray(keys)) return asymmetric('jwks', 'JWK Set', keys.slice(0, mostKeys), algorithm)
    if (member(object.value, 'kty') !== undefined) return asymmetric('jwk', 'JWK', [object.value], algorithm)
    if (encoding === 'text')
      return fail(
        'key_unreadable',
        'This JSON is neither a JWK (kty) nor a JWK Set (keys).',
        'Paste the key itself.',
      )
  }
  const secret = secretBytes(encoding === 'text' ? text : bare, encoding)
  return secret.ok ? shared('secret', secret.value, algorithm) : secret
}

/** The bytes of a shared secret. Text counts exactly, blanks too. Code: `secret_unreadable`. */
function secretBytes(text: string, encoding: SecretEncoding): Result<Uint8Array<ArrayBuffer>> {
  switch (encoding) {
    case 'text':
      return ok(new TextEncoder().encode(text))
    case 'hex':
      return /^(?:[0-9a-f]{2})+$/i.test(text)
        ? ok(Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
        : unreadable('hexadecimal digits, two for each byte')
    case 'base64': {
      const ready = text
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replace(/={0,2}$/, '')
      const read = text.includes('-') || text.includes('_') ? undefined : decodeBase64url(ready)
      return read?.ok ? ok(read.bytes) : unreadable('base64')
    }
    case 'base64url': {
      const read = decodeBase64url(text.replace(/={0,2}$/, ''))
      return read.ok ? ok(read.bytes) : unreadable('base64url')
    }
  }
}

function unreadable(what: string): Result<never> {
  return fail('secret_unreadable', `The secret is not ${what}.`, 'Choose another encoding, or correct it.')
}

function shared(
  from: 'secret' | 'jwk',
  secret: Uint8Array<ArrayBuffer>,
  algorithm: string | undefined,
): Result<GivenKey> {
  if (secret.length === 0) return fail('key_missing', 'The secret is empty.', 'Enter the secret.')
  if (algorithm !== undefined && !hmac.includes(algorithm))
    return fail(
      'key_no_algorithm',
      `${algorithm} does not work with a shared secret.`,
      `Choose one of ${hmac.join(', ')}.`,
    )
  const size = `${secret.length} byte${secret.length === 1 ? '' : 's'}`
  return ok({
    from,
    says: `a shared secret of ${size}`,
    secret,
    algorithms: algorithm === undefined ? hmac : [algorithm],
    assumed: false,
  })
}

function asymmetric(
  from: 'jwk' | 'jwks' | 'pem',
  what: string,
  keys: unknown[],
  algorithm: string | undefined,
): Result<GivenKey> {
  const usable = keys.filter(isObject)
  const [first] = usable
  if (first === undefined)
    return fail('key_unreadable', 'The set contains no key.', 'Paste a set with at least one key.')
  if (usable.length === 1 && textMember(first, 'kty') === 'oct') {
    const secret = secretBytes(textMember(first, 'k') ?? '', 'base64url')
    return secret.ok ? shared('jwk', secret.value, algorithm ?? textMember(first, 'alg')) : secret
  }
  const own = usable.map((key) => textMember(key, 'alg'))
  const fit = [...new Set(usable.flatMap((key, index) => algorithmsOf(key, own[index])))]
  if (fit.length === 0)
    return fail(
      'key_no_algorithm',
      'No known signature algorithm works with this key.',
      'Paste an RSA, EC, OKP or symmetric key.',
    )
  if (algorithm !== undefined && !fit.includes(algorithm))
    return fail(
      'key_no_algorithm',
      `${algorithm} does not work with this key.`,
      `Choose one of ${fit.join(', ')}.`,
    )
  const settled = algorithm !== undefined || own.every((each) => each !== undefined) || fit.length === 1
  return ok({
    from,
    says: `${usable.length === 1 ? 'the key' : `one of the ${usable.length} keys`} given (${what})`,
    // A single key is meant, whatever it is called.
    keys: { keys: usable.length === 1 ? [withoutName(first)] : usable },
    algorithms: algorithm === undefined ? fit : [algorithm],
    assumed: !settled,
  })
}

function withoutName({ kid: _kid, ...key }: JsonObject): JsonObject {
  return key
}

/** What a key can sign or verify; its own `alg` alone where it names one that fits (RFC 7517 section 4.4). */
function algorithmsOf(key: JsonObject, own: string | undefined): string[] {
  const kty = textMember(key, 'kty') ?? ''
  const name = kty === 'RSA' ? 'RSA' : (textMember(key, 'crv') ?? '')
  const fit = Object.hasOwn(fitting, name) ? (fitting[name] ?? []) : []
  if (own === undefined) return fit
  return jwsAlgorithm(own) !== undefined && (fit.includes(own) || kty === 'AKP') ? [own] : []
}

/** Whether the key can sign: its private part is there. */
export function canSign({ secret, keys }: GivenKey): boolean {
  return secret !== undefined || (keys?.keys ?? []).some((key) => isObject(key) && hasPrivateMembers(key))
}
