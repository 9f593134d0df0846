import type { Check } from '@contract/tokens/tokens'
import { contentEncryptions } from '@contract/tables/token-forms'
import { quoted } from '../checks/check.ts'
import { keyManagementOf } from '../encryption/key-management.ts'
import { jwsAlgorithm } from '../keys/algorithms.ts'
import { liesOnCurve } from '../keys/curve-point.ts'
import { hasPrivateMembers } from '../keys/jwk.ts'
import { decodeBase64url } from '../text/base64url.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { algorithmNone, missingAlgorithm, named, spellsNone, type NamedAttack } from './named.ts'

/** More rounds than are calculated here: OWASP advises 600,000. */
const mostRounds = 1_000_000
/** RFC 7518 section 4.8.1.2 recommends no fewer. */
const fewestRounds = 1_000

/** Attacks by an encrypted token on whoever opens it. The segments are those of its compact form. */
export function nameEncrypted(header: JsonObject, segments: readonly string[]): Check[] {
  return [
    ...algorithms(header),
    ...password(header),
    ...(member(header, 'zip') === undefined ? [] : [named(...compressed)]),
    ...agreement(header),
    ...parts(header, segments),
  ]
}

const compressed: NamedAttack = [
  'compressed',
  'Attack: compression bomb, or a leak through length',
  'RFC 8725 section 3.6',
  'A small token can unpack to gigabytes, and with compression the length reveals what is encrypted.',
]

/** Compression is for encrypted tokens alone (RFC 7516 section 4.1.3); a library that undoes it elsewhere can be flooded. */
export function nameCompressed(header: JsonObject): Check[] {
  return member(header, 'zip') === undefined ? [] : [named(...compressed)]
}

function algorithms(header: JsonObject): Check[] {
  const alg = textMember(header, 'alg') ?? ''
  const enc = textMember(header, 'enc') ?? ''
  const checks: Check[] = []
  if (alg.trim() === '') checks.push(named(...missingAlgorithm))
  else if (spellsNone(alg)) checks.push(algorithmNone(alg))
  else if (alg === 'RSA1_5')
    checks.push(
      named(
        'rsa-padding',
        'Attack: old RSA padding',
        'RFC 8725 section 3.2',
        'Anyone who can often ask an API whether such tokens open can decrypt them (Bleichenbacher).',
      ),
    )
  else if (jwsAlgorithm(alg) !== undefined)
    checks.push(
      named(
        'sign-encrypt',
        'Attack: signature algorithm of an encrypted token',
        'RFC 8725 section 2.3',
        `${alg} signs and does not encrypt. A library that decides by alg what to do uses a key for the wrong purpose.`,
      ),
    )
  else if (keyManagementOf(alg) === undefined)
    checks.push(
      named(
        'alg-unknown',
        'Attack or mistake: unknown algorithm',
        'RFC 7518 section 4.1',
        `${quoted(alg)} is not a key management algorithm. A library that falls back to another lets the token choose.`,
      ),
    )
  if (enc !== '' && !Object.hasOwn(contentEncryptions, enc))
    checks.push(
      named(
        'enc-weak',
        'Attack: encryption without protection',
        'RFC 7518 section 5.1',
        `${quoted(enc)} is not a JOSE content encryption, all of which detect changes. Without that, content can be changed, and read by many queries.`,
      ),
    )
  return checks
}

function password(header: JsonObject): Check[] {
  const isPassword = (textMember(header, 'alg') ?? '').startsWith('PBES2')
  const rounds = member(header, 'p2c')
  const salt = decodeBase64url(textMember(header, 'p2s') ?? '')
  const checks: Check[] = []
  if (rounds !== undefined && !(typeof rounds === 'number' && rounds <= mostRounds))
    checks.push(
      named(
        'password-rounds',
        'Attack: excessive work',
        'RFC 8725 section 3.13',
        typeof rounds === 'number'
          ? `p2c asks for ${rounds.toLocaleString('en')} rounds: opening it overloads a computer.`
          : `p2c is ${quoted(rounds)}, not a number: a program that treats it as one may compute forever.`,
      ),
    )
  else if (isPassword && typeof rounds === 'number' && rounds < fewestRounds)
    checks.push(
      named(
        'password-weak',
        'Attack: too little work',
        'RFC 7518 section 4.8.1.2',
        `p2c asks for ${rounds.toLocaleString('en')} rounds: anyone with the token can try passwords very fast.`,
      ),
    )
  if (isPassword && salt.ok && salt.bytes.length < 8)
    checks.push(
      named(
        'password-salt',
        'Attack or mistake: short salt',
        'RFC 7518 section 4.8.1.1',
        `p2s has ${salt.bytes.length} bytes; at least 8 are required. Passwords can be precomputed.`,
      ),
    )
  return checks
}

/** Public keys of X25519 that make every shared secret the same (RFC 7748 section 6.1), in hexadecimal digits. */
const smallOrder = [
  /^0[01]0*$/,
  /^e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800$/,
  /^5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157$/,
  /^e[cde]f{60}7f$/,
]

function agreement(header: JsonObject): Check[] {
  if (!(textMember(header, 'alg') ?? '').startsWith('ECDH')) {
    const other = member(header, 'epk')
    return isObject(other) && liesOnCurve(other) === false
      ? [invalidCurve('The point in epk is not on its curve.')]
      : []
  }
  const key = member(header, 'epk')
  if (!isObject(key))
    return [
      named(
        'epk-missing',
        'Attack or mistake: no ephemeral key',
        'RFC 7518 section 4.6.1.1',
        'Key agreement needs the sender’s public key (epk), but it is missing. A library that continues without it uses a key that anyone knows.',
      ),
    ]
  if (hasPrivateMembers(key))
    return [
      named(
        'epk-private',
        'Attack or mistake: private key in epk',
        'RFC 7518 section 4.6.1.1',
        'epk contains its private part: anyone who sees the token can decrypt it.',
      ),
    ]
  if (liesOnCurve(key) === false) return [invalidCurve('The point in epk is not on its curve.')]
  const point = decodeBase64url(textMember(key, 'x') ?? '')
  const isZero = point.ok && textMember(key, 'kty') === 'OKP' && isSmall(hex(point.bytes.subarray(0, 100)))
  return isZero ? [invalidCurve('The point in epk makes every shared secret the same.')] : []
}

function isSmall(digits: string): boolean {
  return smallOrder.some((pattern) => pattern.test(digits))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function invalidCurve(how: string): Check {
  return named(
    'invalid-curve',
    'Attack: invalid curve',
    'RFC 8725 section 3.4',
    `${how} A library that does not check reveals its private key.`,
  )
}

/** Bytes of the authentication tag (RFC 7518 sections 5.2 and 5.3). */
function tagLength(enc: string): number | undefined {
  if (/^A(?:128|192|256)GCM$/.test(enc)) return 16
  const size = /^A(?:128|192|256)CBC-HS(256|384|512)$/.exec(enc)?.[1]
  return size === undefined ? undefined : Number(size) / 16
}

function parts(header: JsonObject, segments: readonly string[]): Check[] {
  const length = tagLength(textMember(header, 'enc') ?? '')
  const [vector, tag] = [segments[2], segments[4]].map((segment) => decodeBase64url(segment ?? ''))
  if (length === undefined || !vector?.ok || !tag?.ok) return []
  const checks: Check[] = []
  if (tag.bytes.length < length && tag.bytes.length % 4 === 0)
    checks.push(
      named(
        'tag-length',
        'Attack: truncated authentication tag',
        'RFC 7518 section 5.3',
        `The tag has ${tag.bytes.length} bytes instead of ${length}. A library that compares only what is present accepts changed content, or reveals the key.`,
      ),
    )
  if (vector.bytes.length === 0)
    checks.push(
      named(
        'vector-missing',
        'Attack or mistake: no initialization vector',
        'RFC 7518 section 5.3',
        'A library that continues without it encrypts everything the same way, and reveals the key.',
      ),
    )
  if (textMember(header, 'alg') === 'dir' && (segments[1] ?? '') !== '')
    checks.push(
      named(
        'key-in-direct',
        'Attack or mistake: unexpected encrypted key',
        'RFC 7516 section 5.2',
        'With alg dir there is no encrypted key. A library that uses the one in the token lets the token choose.',
      ),
    )
  return checks
}
