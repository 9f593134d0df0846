import { keyFault } from '../keys/key-fault.ts'
import type { CryptoKey } from 'jose'
import { fail, ok, type Result } from '@contract/result'
import type { TokenForm } from '@contract/tables/token-forms'
import { signersOf, type FittingKey, type GivenKey } from '../keys/given-key.ts'
import { publicJwk } from '../keys/jwk.ts'
import type { JsonObject } from '../text/json-object.ts'
import { demanded, headerFault, refuseUnencoded } from './critical.ts'

/** A key that signs, with the algorithm and the header that it signs. */
interface Signer extends FittingKey {
  header: JsonObject
  signWith: Uint8Array | CryptoKey
}

/** The key made ready, the algorithm pinned by the key and the user; `jwk: "public key"` in the header becomes the
 *  public half (RFC 9449 section 4.2). Codes: `key_cannot_sign`, `key_unfit`. */
export async function readySigner(
  header: JsonObject,
  key: GivenKey,
  pinned: string | undefined,
): Promise<Result<Signer>> {
  const able = signersOf(key)
  const asked = header['alg']
  const chosen = able.find(({ alg }) => alg === asked) ?? able[0]
  if (chosen === undefined)
    return fail(
      'key_cannot_sign',
      key.algorithms.length === 0
        ? 'This key is for encryption and cannot sign.'
        : 'This is a public key: it can check signatures but not create them.',
      'Enter the private key, or a shared secret.',
    )
  const { alg, own } = chosen
  if (pinned === undefined && typeof asked === 'string' && asked !== alg)
    return fail(
      'key_unfit',
      `The header has alg ${asked}, but this key cannot sign with it.`,
      `Use one of ${able.map((each) => each.alg).join(', ')}, or enter another key.`,
    )
  const { importJWK } = await import('jose')
  const half = header['jwk'] === 'public key' && !(own instanceof Uint8Array) ? { jwk: publicJwk(own) } : {}
  try {
    return ok({
      alg,
      header: { ...header, ...half, alg },
      own,
      signWith: own instanceof Uint8Array ? own : await importJWK(own, alg),
    })
  } catch (error) {
    return unfit('sign', chosen, error)
  }
}

/** Signs bytes (RFC 7515 section 5.1) with `jose`. Codes: `key_unfit`, `header_unfit`. */
export async function signBytes(bytes: Uint8Array, signer: Signer, form: TokenForm): Promise<Result<string>> {
  const { CompactSign, FlattenedSign, GeneralSign } = await import('jose')
  const { alg, signWith } = signer
  const protectedHeader = { ...signer.header, alg }
  const refused = refuseUnencoded(protectedHeader)
  if (refused) return refused
  const options = demanded(protectedHeader)
  try {
    if (form === 'compact')
      return ok(await new CompactSign(bytes).setProtectedHeader(protectedHeader).sign(signWith, options))
    const json =
      form === 'flattened'
        ? await new FlattenedSign(bytes).setProtectedHeader(protectedHeader).sign(signWith, options)
        : await new GeneralSign(bytes)
            .addSignature(signWith, options)
            .setProtectedHeader(protectedHeader)
            .sign()
    return ok(JSON.stringify(json, null, 2))
  } catch (error) {
    return headerFault(error) ?? unfit('sign', signer, error)
  }
}

/** A key that its algorithm refuses: too short, say. */
export function unfit(what: 'sign' | 'encrypt', { alg, own }: FittingKey, error: unknown): Result<never> {
  return fail(
    'key_unfit',
    `This key cannot ${what} with ${alg}: ${keyFault(error, own, alg)}.`,
    'Enter another key, or choose another algorithm.',
  )
}
