import { fail, ok, type Result } from '@contract/result'
import { encodeBase64url } from '../../jwt/text/base64url.ts'
import type { JsonObject } from '../../jwt/text/json-object.ts'
import { thumbprintOf } from './ring-key-view.ts'

interface Wanted {
  alg: string
  modulusLength?: number
  crv?: string
  bytes?: number
}

/** Makes a private JWK with `jose`, named by its thumbprint. Code: `alg_unsupported`, where the runtime lacks it. */
export async function makeRingKey(
  { alg, modulusLength, crv, bytes }: Wanted,
  randomBytes: (length: number) => Uint8Array,
): Promise<Result<JsonObject>> {
  if (bytes !== undefined) {
    const jwk = { kty: 'oct', k: encodeBase64url(randomBytes(bytes)), alg }
    return ok({ ...jwk, kid: await thumbprintOf(jwk) })
  }
  const { exportJWK, generateKeyPair } = await import('jose')
  try {
    const { privateKey } = await generateKeyPair(alg, {
      extractable: true,
      ...(modulusLength !== undefined && { modulusLength }),
      ...(crv !== undefined && { crv }),
    })
    const jwk: JsonObject = { ...(await exportJWK(privateKey)) }
    // An RSA key serves several algorithms: which one, its user says.
    const reserved = jwk['kty'] === 'RSA' || crv !== undefined ? {} : { alg }
    return ok({ ...jwk, ...reserved, kid: await thumbprintOf(jwk) })
  } catch {
    return fail(
      'alg_unsupported',
      `This program’s runtime cannot make a key for ${alg}.`,
      'Choose another kind, or use a newer Gatehouse.',
    )
  }
}
