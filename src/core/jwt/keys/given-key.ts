import { fail, ok, type Result } from '@contract/result'
import { contentEncryptions } from '@contract/tables/token-forms'
import { decodeBase64url } from '../text/base64url.ts'
import { isObject, member, readJsonObject, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { jwsAlgorithm } from './algorithms.ts'
import { encryptionOf, keyManagementOf, secretEncryption } from '../encryption/key-management.ts'
import { holderKey, holderKeyIn } from './holder-key.ts'
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

/** Writes a JWK as PEM: SPKI of the public half, PKCS#1 of an RSA key's (RFC 8017 appendix A.1.1), or PKCS#8 of the
 *  private key. Code: `key_form_unfit`. */
export type WritePem = (jwk: JsonObject, form: 'spki' | 'pkcs1' | 'pkcs8') => Result<string>

/** A key that can verify, sign, encrypt or decrypt. */
export interface GivenKey {
  from: 'secret' | 'jwk' | 'jwks' | 'pem'
  /** In words, for the check: `a shared secret of 32 bytes`. */
  says: string
  secret?: Uint8Array<ArrayBuffer>
  keys?: JwkSet
  /** Signature algorithms that fit it; the pinned one alone where one was named. */
  algorithms: string[]
  /** Key management algorithms that fit it, in the same way. */
  encryption: string[]
  /** Nothing but a guess names the algorithm: the key says none and no one chose one. */
  assumed: boolean
  /** The signature algorithms to accept: where they are assumed, the first of each key, else all that fit. */
  accepted: string[]
}

/** A key that was given, with its text, and what writes its public half as PEM. */
export interface HeldKey {
  given: GivenKey
  text: string
  writePem: WritePem
}

/** An algorithm, with the first of the keys given that it works with. */
export interface FittingKey {
  alg: string
  own: JsonObject | Uint8Array
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
    return fail('key_missing', 'A key is missing.', 'Paste a JWK, a PEM file or a shared secret.')
  if (bare.startsWith('-----BEGIN ')) {
    const read = readPem(bare)
    return read.ok ? asymmetric('pem', read.value.from, [read.value.jwk], algorithm) : read
  }
  const object = bare.startsWith('{') ? readJsonObject(new TextEncoder().encode(bare)) : undefined
  if (object?.ok) {
    const keys = member(object.value, 'keys')
    if (Array.isArray(keys)) return asymmetric('jwks', 'JWK Set', keys.slice(0, mostKeys), algorithm)
    if (member(object.value, 'kty') !== undefined) return asymmetric('jwk', 'JWK', [object.value], algorithm)
    const holder = holderKey(object.value)
    if (holder !== undefined) return asymmetric('jwk', holderWords, [holder], algorithm)
    if (encoding === 'text')
      return fail(
        'key_unreadable',
        'This JSON is neither a JWK (kty) nor a JWK Set (keys).',
        'Paste the key itself.',
      )
  }
  const confirmed = encoding === 'text' ? holderKeyIn(bare) : undefined
  if (confirmed !== undefined) return asymmetric('jwk', holderWords, [confirmed], algorithm)
  const secret = secretBytes(encoding === 'text' ? text : bare, encoding)
  return secret.ok ? shared('secret', secret.value, algorithm) : secret
}

const holderWords = 'cnf of the token given, whose own signature was not checked'

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
  const encryption = secretEncryption(secret.length, algorithm)
  const algorithms = algorithm === undefined ? hmac : hmac.filter((name) => name === algorithm)
  if (algorithms.length + encryption.length === 0)
    return fail(
      'key_no_algorithm',
      keyManagementOf(algorithm ?? '') === undefined
        ? `${algorithm} does not work with a shared secret.`
        : `${algorithm} does not work with a shared secret of ${bytesWords(secret.length)}.`,
      `Choose one of ${[...hmac, ...secretEncryption(secret.length, undefined)].join(', ')}.`,
    )
  return ok({
    from,
    says: `a shared secret of ${bytesWords(secret.length)}`,
    secret,
    algorithms,
    encryption,
    assumed: false,
    accepted: algorithms,
  })
}

function bytesWords(count: number): string {
  return `${count} byte${count === 1 ? '' : 's'}`
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
    return secret.ok ? shared('jwk', secret.value, algorithm ?? ownAlgorithm(first)) : secret
  }
  const fit = [...new Set(usable.flatMap(signatureOf))]
  const firsts = [...new Set(usable.flatMap((key) => signatureOf(key).slice(0, 1)))]
  const encrypting = [...new Set(usable.flatMap(encryptionOf))]
  if (fit.length + encrypting.length === 0)
    return fail(
      'key_no_algorithm',
      'No known algorithm works with this key.',
      'Paste an RSA, EC, OKP, AKP or symmetric key.',
    )
  if (algorithm !== undefined && ![...fit, ...encrypting].includes(algorithm))
    return fail(
      'key_no_algorithm',
      `${algorithm} does not work with this key.`,
      `Choose one of ${[...fit, ...encrypting].join(', ')}.`,
    )
  const told = usable.every((key) => textMember(key, 'alg') !== undefined)
  const settled = algorithm !== undefined || told || fit.length === 1
  return ok({
    from,
    says: `${usable.length === 1 ? 'the key' : `one of the ${usable.length} keys`} given (${what})`,
    // A single key is meant, whatever it is called.
    keys: { keys: usable.length === 1 ? [withoutName(first)] : usable },
    algorithms: pinned(fit, algorithm),
    encryption: pinned(encrypting, algorithm),
    assumed: !settled,
    accepted: pinned(settled ? fit : firsts, algorithm),
  })
}

/** The algorithm that a symmetric key is for. One that names a content encryption is for direct use (RFC 7518 sections 4.5
 *  and 7.1). */
function ownAlgorithm(key: JsonObject): string | undefined {
  const own = textMember(key, 'alg')
  return own !== undefined && Object.hasOwn(contentEncryptions, own) ? 'dir' : own
}

function pinned(fit: string[], algorithm: string | undefined): string[] {
  return algorithm === undefined ? fit : fit.filter((name) => name === algorithm)
}

function withoutName({ kid: _kid, ...key }: JsonObject): JsonObject {
  return key
}

/** What a key can sign or verify; its own `alg` alone where it names one that fits (RFC 7517 section 4.4). */
function signatureOf(key: JsonObject): string[] {
  const own = textMember(key, 'alg')
  const kty = textMember(key, 'kty') ?? ''
  const name = kty === 'RSA' ? 'RSA' : (textMember(key, 'crv') ?? '')
  // A curve of another type of key is a mistake, and no algorithm fits it (RFC 8037 section 2).
  const fit = (Object.hasOwn(fitting, name) ? (fitting[name] ?? []) : []).filter(
    (alg) => jwsAlgorithm(alg)?.kty === kty,
  )
  if (own === undefined) return fit
  return jwsAlgorithm(own) !== undefined && (fit.includes(own) || kty === 'AKP') ? [own] : []
}

/** The algorithms that the key can sign with, where the private part of one that fits is there. */
export function signersOf(given: GivenKey): FittingKey[] {
  return fittingKeys(given, given.algorithms, (jwk, alg) => {
    return hasPrivateMembers(jwk) && signatureOf(jwk).includes(alg)
  })
}

/** The algorithms with which the key can be encrypted to. */
export function recipientsOf(given: GivenKey): FittingKey[] {
  return fittingKeys(given, given.encryption, (jwk, alg) => encryptionOf(jwk).includes(alg))
}

/** Whether the key can sign: its private part is there, and it is not for encryption alone. */
export function canSign(key: GivenKey): boolean {
  return signersOf(key).length > 0
}

/** Whether the key can decrypt: its private part is there. */
export function canDecrypt({ encryption, secret, keys }: GivenKey): boolean {
  return encryption.length > 0 && (secret !== undefined || jwksOf(keys).some(hasPrivateMembers))
}

function fittingKeys(
  { secret, keys }: GivenKey,
  algorithms: string[],
  fits: (jwk: JsonObject, alg: string) => boolean,
): FittingKey[] {
  return algorithms.flatMap((alg) => {
    const own = secret ?? jwksOf(keys).find((jwk) => fits(jwk, alg))
    return own === undefined ? [] : [{ alg, own }]
  })
}

function jwksOf(set: JwkSet | undefined): JsonObject[] {
  return (set?.keys ?? []).filter(isObject)
}
