import type { CryptoKey, FlattenedJWE, GeneralJWE } from 'jose'
import { fail, ok, type Result } from '@contract/result'
import { contentEncryptions } from '@contract/tables/token-forms'
import type { GivenKey } from '../keys/given-key.ts'
import { canDecrypt } from '../keys/given-key.ts'
import { hasPrivateMembers } from '../keys/jwk.ts'
import { decodeBase64url } from '../text/base64url.ts'
import { isObject, member, readJsonObject, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { hasKeyWrap, needsKeyWrap, noKeyWrap } from './key-wrap.ts'
import { isSharedAlgorithm, keyManagementOf } from './key-management.ts'

/** What was inside an encrypted token. */
export interface Opened {
  plain: Uint8Array
  /** The protected header. */
  header: JsonObject
  alg: string
  enc: string
  /** The recipient's own secret encrypts, too. */
  isShared: boolean
}

/** Rounds of PBES2 that are calculated: a token that asks for more is there to keep a recipient busy (RFC 7518
 *  section 8.1). OWASP advises 600,000. */
const mostRounds = 1_000_000
/** Private keys of a set that are tried. */
const mostTried = 20
/** Bytes that compressed content may unpack to. */
const mostUnpacked = 1_048_576

/** Decrypts a JWE, compact or JSON, with `jose` (RFC 7516 section 5.2). The key and the user pin the algorithms, never
 *  the token. Codes: `key_cannot_decrypt`, `jwe_unreadable`, `alg_unsupported`, `alg_refused`, `enc_unsupported`,
 *  `p2c_too_high`, `decryption_failed`. */
export async function openEncrypted(text: string, key: GivenKey): Promise<Result<Opened>> {
  if (!canDecrypt(key))
    return fail(
      'key_cannot_decrypt',
      key.encryption.length === 0
        ? 'This key is not for encryption.'
        : 'This is a public key: it can encrypt but not decrypt.',
      'Enter the private key of the recipient, or the shared secret.',
    )
  const json = text.trimStart().startsWith('{') ? readJsonObject(new TextEncoder().encode(text)) : undefined
  if (json?.ok === false) return unreadable(json.defect.message)
  const header = headerOf(json ? textMember(json.value, 'protected') : text.split('.', 1)[0])
  const outside = json ? unprotectedIn(json.value) : []
  const alg = textMember(header, 'alg') ?? algorithmAmong(outside, key)
  const [enc = ''] = named([header, ...outside], 'enc')
  const refused = refuse(header, { alg, enc }, key)
  if (refused) return refused
  if (needsKeyWrap(alg) && !(await hasKeyWrap())) return noKeyWrap(alg)
  const options = {
    keyManagementAlgorithms: key.encryption,
    contentEncryptionAlgorithms: Object.keys(contentEncryptions),
    maxPBES2Count: mostRounds,
    maxDecompressedLength: mostUnpacked,
  }
  const { compactDecrypt, errors, flattenedDecrypt, generalDecrypt } = await import('jose')
  const unfit = 'the key does not fit its algorithm'
  const candidates = await privateKeys(key, header, alg)
  let reason = candidates.length === 0 ? unfit : 'the key does not fit, or the token was altered'
  for (const candidate of candidates) {
    try {
      const { plaintext } = await (json === undefined
        ? compactDecrypt(text, candidate, options)
        : 'recipients' in json.value
          ? generalDecrypt(json.value as unknown as GeneralJWE, candidate, options)
          : flattenedDecrypt(json.value as unknown as FlattenedJWE, candidate, options))
      return ok({ plain: plaintext, header, alg, enc, isShared: isSharedAlgorithm(alg) })
    } catch (error) {
      if (error instanceof errors.JWEInvalid) return unreadable('A part is missing or not base64url.')
      if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported)
        return fail(
          'alg_unsupported',
          'This combination of algorithms cannot be decrypted here.',
          'Choose the algorithm in question for the key.',
        )
      if (!(error instanceof errors.JWEDecryptionFailed)) reason = unfit
    }
  }
  return fail(
    'decryption_failed',
    `The token cannot be decrypted with this key: ${reason}.`,
    'Enter the key of the recipient that the token was encrypted for.',
  )
}

function unreadable(why: string): Result<never> {
  return fail('jwe_unreadable', `The encrypted token is damaged. ${why}`, 'Copy it again completely.')
}

function headerOf(segment: string | undefined): JsonObject {
  const bytes = decodeBase64url(segment ?? '')
  const read = bytes.ok ? readJsonObject(bytes.bytes) : undefined
  return read?.ok ? read.value : {}
}

/** In JSON form a header may be outside the protected one, another for each recipient (RFC 7516 section 7.2.1). */
function unprotectedIn(json: JsonObject): JsonObject[] {
  const recipients = member(json, 'recipients')
  const each = Array.isArray(recipients) ? recipients.slice(0, mostTried).filter(isObject) : []
  const headers = each.map((recipient) => member(recipient, 'header'))
  return [member(json, 'unprotected'), member(json, 'header'), ...headers].filter(isObject)
}

/** The algorithm that the key is for, of those that headers name. */
function algorithmAmong(headers: JsonObject[], { encryption }: GivenKey): string {
  const algorithms = named(headers, 'alg')
  return algorithms.find((alg) => encryption.includes(alg)) ?? algorithms[0] ?? ''
}

function named(headers: JsonObject[], name: 'alg' | 'enc'): string[] {
  return headers.flatMap((header) => textMember(header, name) ?? [])
}

/** Reasons to refuse before a key is used. */
function refuse(
  header: JsonObject,
  { alg, enc }: { alg: string; enc: string },
  key: GivenKey,
): Result<never> | undefined {
  const known = keyManagementOf(alg)
  if (known?.supported === false)
    return fail(
      'alg_unsupported',
      `${alg} (${known.words}) is not decrypted here: it reveals the content to anyone who can ask often enough.`,
      'Have the token encrypted with RSA-OAEP-256.',
    )
  if (known === undefined)
    return fail(
      'alg_unsupported',
      alg === ''
        ? 'The header has no algorithm (alg).'
        : `${alg.slice(0, 40)} is not a known key management algorithm.`,
      'Use one of RFC 7518 section 4.1.',
    )
  if (!key.encryption.includes(alg))
    return fail(
      'alg_refused',
      `The token is encrypted with ${alg}; this key is for ${key.encryption.join(', ')}.`,
      'Enter the key that it was encrypted for, or choose another algorithm.',
    )
  if (enc !== '' && !Object.hasOwn(contentEncryptions, enc))
    return fail(
      'enc_unsupported',
      `${enc.slice(0, 40)} is not a known content encryption.`,
      'Use one of RFC 7518 section 5.1.',
    )
  const rounds = header['p2c']
  if (rounds !== undefined && !(typeof rounds === 'number' && rounds <= mostRounds))
    return fail(
      'p2c_too_high',
      `The token asks for ${JSON.stringify(rounds).slice(0, 40)} rounds of PBES2 (p2c); more than ${mostRounds.toLocaleString('en')} are refused.`,
      'A token that asks for so many overloads its recipient (RFC 7518 section 8.1).',
    )
  return undefined
}

/** The keys to try, those of the token's `kid` first. */
async function privateKeys(
  { secret, keys }: GivenKey,
  header: JsonObject,
  alg: string,
): Promise<(Uint8Array | CryptoKey)[]> {
  if (secret !== undefined) return [secret]
  const { importJWK } = await import('jose')
  const kid = header['kid']
  const usable = (keys?.keys ?? [])
    .filter(isObject)
    .filter(hasPrivateMembers)
    .toSorted((one, other) => Number(other['kid'] === kid) - Number(one['kid'] === kid))
    .slice(0, mostTried)
  const imported = await Promise.all(
    usable.map(async ({ use: _use, key_ops: _operations, alg: _alg, ...jwk }) => {
      try {
        return await importJWK(jwk, alg)
      } catch {
        return undefined
      }
    }),
  )
  return imported.filter((each) => each !== undefined)
}
