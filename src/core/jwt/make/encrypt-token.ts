import { fail, ok, type Result } from '@contract/result'
import { contentEncryptions, type ContentEncryption, type TokenForm } from '@contract/tables/token-forms'
import { recipientsOf, type GivenKey } from '../keys/given-key.ts'
import { publicJwk } from '../keys/jwk.ts'
import type { JsonObject } from '../text/json-object.ts'
import { hasKeyWrap, needsKeyWrap, noKeyWrap } from '../encryption/key-wrap.ts'
import { demanded, headerFault, refuseCompression } from './critical.ts'
import { unfit } from './sign-token.ts'

/** Rounds of PBES2: as many as other programs open by default. */
const rounds = 10_000

/** Encrypts bytes to a key (RFC 7516 section 5.1) with `jose`. `header`: what the protected header says beside the
 *  algorithms. Codes: `key_cannot_encrypt`, `alg_unsupported`, `key_unfit`, `header_unfit`. */
export async function encryptBytes(
  bytes: Uint8Array,
  header: JsonObject,
  { key, enc }: { key: GivenKey; enc: ContentEncryption },
  form: TokenForm,
): Promise<Result<string>> {
  const fitting = recipientsOf(key).filter(
    ({ alg, own }) => alg !== 'dir' || own.length === contentEncryptions[enc],
  )
  const wraps = fitting.some(({ alg }) => needsKeyWrap(alg)) && (await hasKeyWrap())
  const chosen = fitting.find(({ alg }) => wraps || !needsKeyWrap(alg))
  if (chosen === undefined && fitting[0] !== undefined) return noKeyWrap(fitting[0].alg)
  if (chosen === undefined)
    return fail(
      'key_cannot_encrypt',
      key.encryption.includes('dir')
        ? `${enc} needs a secret of ${contentEncryptions[enc]} bytes.`
        : 'This key is not for encryption.',
      'Enter an RSA, EC or X25519 key, or a shared secret, or choose another content encryption.',
    )
  const { CompactEncrypt, FlattenedEncrypt, GeneralEncrypt, importJWK } = await import('jose')
  const { alg } = chosen
  const own = chosen.own instanceof Uint8Array ? chosen.own : (publicJwk(chosen.own) ?? chosen.own)
  const protectedHeader = { ...header, alg, enc }
  const refused = refuseCompression(header)
  if (refused) return refused
  const options = demanded(header)
  const settings = alg.startsWith('PBES2') ? { p2c: rounds } : {}
  try {
    const encryptTo = own instanceof Uint8Array ? own : await importJWK(own, alg)
    if (form === 'compact')
      return ok(
        await new CompactEncrypt(bytes)
          .setProtectedHeader(protectedHeader)
          .setKeyManagementParameters(settings)
          .encrypt(encryptTo, options),
      )
    const json =
      form === 'flattened'
        ? await new FlattenedEncrypt(bytes)
            .setProtectedHeader(protectedHeader)
            .setKeyManagementParameters(settings)
            .encrypt(encryptTo, options)
        : await new GeneralEncrypt(bytes)
            .setProtectedHeader(withoutAlgorithm(protectedHeader))
            .addRecipient(encryptTo, options)
            .setUnprotectedHeader({ alg })
            .setKeyManagementParameters(settings)
            .encrypt()
    return ok(JSON.stringify(json, null, 2))
  } catch (error) {
    return headerFault(error) ?? unfit('encrypt', { alg, own }, error)
  }
}

/** In the general form each recipient has an algorithm of its own, and no name may be in two headers. */
function withoutAlgorithm<T extends { alg: string }>({ alg: _alg, ...header }: T): Omit<T, 'alg'> {
  return header
}
