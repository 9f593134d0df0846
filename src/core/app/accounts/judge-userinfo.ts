import { fail } from '@contract/result'
import { checkSignature } from '../../jwt/checks/check-signature.ts'
import { decodeToken } from '../../jwt/text/decode.ts'
import type { ProviderKeys } from '../../oauth/discovery/jwks.ts'
import type { JudgeSigned } from '../../oauth/endpoints/userinfo.ts'
import type { Subject } from './account-subject.ts'
import { keysFor } from '../tokens/judge-id-token.ts'

/** Checks the signature of a userinfo response that is a JWT (OpenID Connect Core section 5.3.2); where it does
 *  not fit, with the keys fetched again. Codes: `userinfo_malformed`, `userinfo_signature`. */
export function judgeUserinfo(
  { connection, parts, flow }: Pick<Subject, 'connection' | 'parts' | 'flow'>,
  providerKeys: ProviderKeys,
): JudgeSigned {
  return async (text) => {
    const token = decodeToken(text)
    if (token.format !== 'jwt') {
      return fail('userinfo_malformed', 'The signed response is not a valid JWT.', 'None of it was used.')
    }
    const judge = async (refetch: boolean) =>
      (
        await checkSignature(
          token,
          await keysFor(
            providerKeys,
            connection,
            parts.clientSecret,
            token.header['kid'],
            flow.fetch,
            refetch,
          ),
        )
      )[0]
    let check = await judge(false)
    if (check?.code === 'signature_wrong' || check?.code === 'kid_unknown') check = await judge(true)
    if (check?.state === 'invalid') {
      return fail(
        'userinfo_signature',
        `The signature of the response is wrong: ${check.detail}`,
        'None of it was used. Tell the provider’s operator.',
      )
    }
    return {
      ok: true,
      checked: check?.state === 'valid',
      notes: [
        check?.state === 'valid'
          ? `Signature: ${check.detail}`
          : `The signature was not checked: ${check?.detail ?? ''}`,
      ],
    }
  }
}
