import type { FlattenedJWSInput } from 'jose'
import { defined } from '@contract/defined'
import { isNone, jwsAlgorithm } from './algorithms.ts'
import type { JwsAlgorithm } from './algorithms.ts'
import { member, textMember } from '../text/json-object.ts'
import type { CompactJws } from '../text/compact.ts'
import type { JwkSet } from './jwk.ts'
import { isNotSupported, keyFault } from './key-fault.ts'
import { rsaWeakness } from './rsa-weakness.ts'
import { selectKeys } from './select-key.ts'

/** What a signature is judged with. */
export interface SignatureKeys {
  /** The issuer's published keys; absent where they could not be had. */
  keys?: JwkSet
  /** Why there are no keys, for people: `offline`, `the issuer publishes none`. */
  keysMissing?: string
  /** What the key is called in a sentence, where it is neither the client secret nor one of the issuer's. */
  called?: string
  /** Shared secret for HS256/384/512: the client secret's UTF-8 bytes (OpenID Connect Core 10.1). */
  secret?: Uint8Array
  /** The only algorithms to accept, where that is known. */
  algorithms?: string[]
  /** What the issuer announces to sign with; given where a key that leaves the choice to the token is worth a word. */
  announced?: string[]
  /** Asks the issuer for its keys again, as one may have been replaced under its name; undefined where that was done just
   *  now, or too often. */
  again?: () => Promise<JwkSet | undefined>
}

/** Outcome of a verification. `not-checked` never stands for a failed one. `choices`: those among which the token itself
 *  chose, where neither key nor issuer settles it.
 *  Codes, invalid: `alg_missing`, `alg_none`, `alg_unknown`, `alg_refused`, `crit_unknown`, `b64_false`,
 *  `key_unfit`, `key_unusable`, `signature_wrong`. Not checked: `no_keys`, `secret_needed`, `kid_unknown`,
 *  `alg_unsupported`. */
export type SignatureOutcome =
  | {
      state: 'valid'
      alg: string
      kid?: string
      tried: number
      exposed: boolean
      choices?: string[]
      respelled?: true
    }
  | { state: 'invalid' | 'not-checked'; code: string; message: string }

/** Verifies a compact JWS that was read strictly (`readCompactJws`), with the issuer's public keys or a
 *  shared secret; keys named inside the token are never used (RFC 8725 section 3.10). RFC 7515 section 5.2. */
export async function verifySignature(jws: CompactJws, given: SignatureKeys): Promise<SignatureOutcome> {
  const refused = refuseHeader(jws, given.algorithms)
  if (refused) return refused
  const alg = textMember(jws.header, 'alg') ?? ''
  const algorithm = jwsAlgorithm(alg)
  if (!algorithm) return invalid('alg_unknown', `${alg} is not a known signature algorithm.`)
  if (algorithm.supported === 'never')
    return unchecked('alg_unsupported', `${alg} (${algorithm.words}) cannot be verified by this program.`)
  if (algorithm.kty === 'oct')
    return verifyShared(jws, alg, given.secret, given.called ?? 'the client secret')
  if (!given.keys) return unchecked('no_keys', given.keysMissing ?? 'The issuer’s keys are not available.')
  const first = await verifyPublic(jws, alg, algorithm, given, given.keys)
  // Such a header is never signed as it is: see check-header-nonce.ts.
  if (
    first.state === 'valid' ||
    first.code !== 'signature_wrong' ||
    member(jws.header, 'nonce') !== undefined
  )
    return first
  const keys = await given.again?.()
  return keys === undefined ? first : verifyPublic(jws, alg, algorithm, given, keys)
}

function invalid(code: string, message: string): SignatureOutcome {
  return { state: 'invalid', code, message }
}
function unchecked(code: string, message: string): SignatureOutcome {
  return {
    state: 'not-checked',
    code,
    message,
  }
}

type Trial = 'valid' | 'wrong' | 'unsupported' | { unusable: string }

/** Reasons in the header to refuse before any key is looked at. */
function refuseHeader(jws: CompactJws, algorithms: string[] | undefined): SignatureOutcome | undefined {
  const alg = textMember(jws.header, 'alg')
  if (alg === undefined) return invalid('alg_missing', 'The header has no algorithm (alg).')
  if (isNone(alg)) return invalid('alg_none', 'Not signed (alg none): anyone could have made it.')
  if (algorithms && !algorithms.includes(alg))
    return invalid('alg_refused', `Signed with ${alg}, which is not among ${algorithms.join(', ')}.`)
  if (!jwsAlgorithm(alg))
    return invalid('alg_unknown', `${alg.slice(0, 40)} is not a known signature algorithm.`)
  if (isPlain(jws)) return undefined
  const critical = member(jws.header, 'crit')
  if (critical !== undefined) {
    const names = Array.isArray(critical) ? critical.map(String).join(', ') : 'no list'
    return invalid(
      'crit_unknown',
      `The header requires an extension that is not understood (crit: ${names}).`,
    )
  }
  if (member(jws.header, 'b64') === false)
    return invalid('b64_false', 'A JWT must not leave its payload unencoded (RFC 7797 section 7).')
  return undefined
}

/** Whether it is signed data, and no JWT, whose payload is signed as it is, and that demands nothing but that (RFC 7797). */
function isPlain({ header, flattened }: CompactJws): boolean {
  const critical = member(header, 'crit')
  return (
    flattened !== undefined &&
    member(header, 'b64') === false &&
    Array.isArray(critical) &&
    critical.length === 1 &&
    critical[0] === 'b64' &&
    flattened.header?.['crit'] === undefined &&
    flattened.header?.['b64'] === undefined
  )
}

/** Loaded when the first signature is verified: nothing at the start needs it. */
function jose() {
  return import('jose')
}

async function attempt(
  jws: CompactJws,
  alg: string,
  key: Uint8Array | Record<string, string>,
): Promise<Trial> {
  const { compactVerify, errors, flattenedVerify, importJWK } = await jose()
  try {
    const ready = key instanceof Uint8Array ? key : await importJWK(key, alg)
    const options = { algorithms: [alg] }
    if (jws.flattened) await flattenedVerify(jws.flattened as FlattenedJWSInput, ready, options)
    else await compactVerify(jws.text, ready, options)
    return 'valid'
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong'
    if (isNotSupported(error)) return 'unsupported'
    return { unusable: keyFault(error, key, alg) }
  }
}

async function verifyShared(
  jws: CompactJws,
  alg: string,
  secret: Uint8Array | undefined,
  called: string,
): Promise<SignatureOutcome> {
  if (!secret || secret.length === 0)
    return unchecked(
      'secret_needed',
      `${alg} uses a shared secret, and none was provided. For an ID token it is the client secret (OpenID Connect Core section 10.1); an API may use its own.`,
    )
  const trial = await attempt(jws, alg, secret)
  if (trial === 'valid') return { state: 'valid', alg, tried: 1, exposed: false }
  if (trial === 'wrong')
    return invalid(
      'signature_wrong',
      `The ${alg} signature does not match ${called}: the token was altered, or signed with a different secret.`,
    )
  const why = trial === 'unsupported' ? 'its algorithm is not supported' : trial.unusable
  return invalid('key_unusable', `${called} cannot be used as a key: ${why}`)
}

async function verifyPublic(
  jws: CompactJws,
  alg: string,
  algorithm: JwsAlgorithm,
  given: SignatureKeys,
  keys: JwkSet,
): Promise<SignatureOutcome> {
  const { called } = given
  const selection = selectKeys(keys, jws.header, alg, algorithm)
  if (!selection.ok) {
    const report = selection.code === 'key_unfit' ? invalid : unchecked
    return report(selection.code, selection.message)
  }
  let unusable: string | undefined
  let compared = 0
  for (const [index, { jwk, kid, exposed, reserved, respelled }] of selection.candidates.entries()) {
    const weakness = algorithm.kty === 'RSA' ? rsaWeakness(jwk) : undefined
    if (weakness !== undefined) {
      unusable ??= weakness
      continue
    }
    const trial = await attempt(jws, alg, jwk)
    if (trial === 'valid') {
      const choices = reserved ? undefined : choicesOf(alg, algorithm, given)
      return { state: 'valid', alg, tried: index + 1, exposed, ...defined({ kid, choices, respelled }) }
    }
    if (trial === 'wrong') compared++
    else if (trial === 'unsupported')
      return unchecked(
        'alg_unsupported',
        `${alg} (${algorithm.words}) cannot be verified by this computer’s runtime.`,
      )
    else unusable ??= trial.unusable
  }
  if (compared === 0 && unusable !== undefined)
    return invalid('key_unusable', `${called ?? 'The issuer’s key'} cannot be used: ${unusable}`)
  if (called !== undefined)
    return invalid(
      'signature_wrong',
      `The signature does not match ${called}: the token was altered, or signed with a different key.`,
    )
  const asked = keys === given.keys ? '' : ', which was asked for its keys again'
  const which = compared === 1 ? 'the issuer’s key' : `any of the ${compared} keys that fit`
  return invalid(
    'signature_wrong',
    `The signature does not match ${which}: the token was altered, or was not signed by the issuer${asked}.`,
  )
}

const rsa = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']

/** The algorithms that a key without `alg` leaves open: RSA alone has several (RFC 8725 section 3.1). */
function choicesOf(
  alg: string,
  { kty }: JwsAlgorithm,
  { announced, algorithms = announced }: SignatureKeys,
): string[] | undefined {
  if (kty !== 'RSA' || announced === undefined) return undefined
  const allowed = rsa.filter((name) => algorithms?.includes(name))
  if (allowed.length === 1 && allowed[0] === alg) return undefined
  return allowed.includes(alg) ? allowed : rsa
}
