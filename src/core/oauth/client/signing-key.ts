import type { ClientKeyDraft, KeyAlgorithm, PublicKeyView } from '@contract/connection-settings'
import { fail, ok, type Result } from '@contract/result'
import type { JWK } from 'jose'

const publicMembers = ['kty', 'crv', 'x', 'y', 'n', 'e', 'alg', 'use', 'kid'] as const
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const

/** The members of a key that may be published (RFC 7517 section 9.2). */
export function publicHalf(jwk: JWK): JWK {
  return pick(jwk, publicMembers)
}

/** A key's public half, as the page shows it. */
export function publicKeyView(jwk: JWK): PublicKeyView {
  return {
    algorithm: jwk.alg ?? '',
    kid: jwk.kid ?? '',
    jwk: JSON.stringify(publicHalf(jwk), null, 2),
  }
}

/** Makes a key pair, or reads one that was pasted (JWK, JWK Set of one, PKCS#8 PEM). The response is the private
 *  JWK with `alg`, `use` and `kid`; without a `kid` it gets its thumbprint (RFC 7638).
 *  Codes: `client_key_unfit`. */
export async function makeSigningKey(draft: ClientKeyDraft): Promise<Result<JWK>> {
  const { SignJWT, exportJWK, generateKeyPair, importJWK } = await import('jose')
  if ('generate' in draft) {
    const pair = await generateKeyPair(draft.generate, { extractable: true })
    return ok(await named(await exportJWK(pair.privateKey), draft.generate))
  }
  const text = draft.imported.trim()
  const read = text.startsWith('{') ? readJwk(text) : await readPem(text, draft.algorithm)
  if (!read.ok) return read
  const algorithm = algorithmOf(read.value, draft.algorithm)
  if (algorithm === undefined) {
    return unfit('only RSA, P-256 and Ed25519 keys are supported', 'Use another key, or generate one here.')
  }
  const jwk = await named(read.value, algorithm)
  try {
    await new SignJWT({}).setProtectedHeader({ alg: algorithm }).sign(await importJWK(jwk, algorithm))
  } catch {
    return unfit('signing with it fails: it is damaged, or RSA with less than 2048 bits', asJwk)
  }
  return ok(jwk)
}

function pick(jwk: JWK, names: readonly (keyof JWK)[]): JWK {
  return Object.fromEntries(
    names.flatMap((name) => (typeof jwk[name] === 'string' ? [[name, jwk[name]]] : [])),
  )
}
const asPem = 'Convert it with: openssl pkcs8 -topk8 -nocrypt -in key.pem'
const asJwk = 'Paste a private key as JWK, or as PEM that starts with -----BEGIN PRIVATE KEY-----.'

function unfit(why: string, next: string) {
  return fail('client_key_unfit', `The key cannot be used: ${why}.`, next)
}

/** What a key of this shape signs with, where it is not said. */
function algorithmOf(jwk: JWK, wanted: KeyAlgorithm | undefined): KeyAlgorithm | undefined {
  if (jwk.kty === 'EC') return jwk.crv === 'P-256' ? 'ES256' : undefined
  if (jwk.kty === 'OKP') return jwk.crv === 'Ed25519' ? 'EdDSA' : undefined
  if (jwk.kty !== 'RSA') return undefined
  if (wanted === 'RS256' || wanted === 'PS256') return wanted
  return jwk.alg === 'PS256' ? 'PS256' : 'RS256'
}

async function named(jwk: JWK, alg: KeyAlgorithm): Promise<JWK> {
  const { calculateJwkThumbprint } = await import('jose')
  const kid = jwk.kid ?? (await calculateJwkThumbprint(jwk))
  return { ...pick(jwk, [...publicMembers, ...privateMembers]), alg, use: 'sig', kid }
}

async function readPem(text: string, wanted: KeyAlgorithm | undefined): Promise<Result<JWK>> {
  if (/BEGIN (RSA|EC) PRIVATE KEY/.test(text)) return unfit('it is PEM of an older format', asPem)
  if (/BEGIN ENCRYPTED/.test(text)) return unfit('it is encrypted', `Decrypt it first. ${asPem}`)
  if (/BEGIN (CERTIFICATE|PUBLIC KEY)/.test(text)) return unfit('it is not the private key', asJwk)
  if (!text.includes('BEGIN PRIVATE KEY')) return unfit('it is neither a JWK nor PEM', asJwk)
  const { exportJWK, importPKCS8 } = await import('jose')
  for (const algorithm of [wanted ?? 'ES256', 'ES256', 'EdDSA', 'RS256']) {
    try {
      return ok(await exportJWK(await importPKCS8(text, algorithm, { extractable: true })))
    } catch {
      // Another kind of key: the next algorithm may fit.
    }
  }
  return unfit('it is not RSA, P-256 or Ed25519, or it is damaged', asJwk)
}

function readJwk(text: string): Result<JWK> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return unfit('it is not valid JSON', asJwk)
  }
  const keys = (value as { keys?: unknown }).keys
  const one: unknown = Array.isArray(keys) && keys.length === 1 ? keys[0] : value
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return unfit('it is not a JWK', asJwk)
  const jwk = one as JWK
  return typeof jwk.d === 'string' ? ok(jwk) : unfit('its private part (d) is missing', asJwk)
}
