import type { TokenView } from '@contract/tokens'
import { checkAccessToken } from '../domain/jwt/check-access-token.ts'
import { decodeToken } from '../domain/jwt/decode.ts'
import { viewToken } from '../domain/jwt/view-token.ts'

/** Decodes a pasted token offline: no keys are fetched, so its signature is said to be not checked.
 *  `now` in milliseconds. */
export const inspectToken = async (text: string, now: number): Promise<TokenView> => {
  const token = decodeToken(text)
  const checks = await checkAccessToken(token, {
    now,
    keysMissing: 'A pasted token is read offline: no keys were fetched.',
  })
  return viewToken(token, { now }, checks)
}
