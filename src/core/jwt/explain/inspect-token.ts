import type { Check, TokenKind, TokenView } from '@contract/tokens'
import { checkAccessToken } from '../checks/check-access-token.ts'
import { checkIdToken } from '../checks/check-id-token.ts'
import { decodeToken } from '../text/decode.ts'
import type { DecodedToken } from '../text/decode.ts'
import { member, textMember } from '../text/json-object.ts'
import { lintToken } from '../checks/lint-token.ts'
import type { SignatureKeys } from '../keys/verify-signature.ts'
import { viewToken } from './view-token.ts'

/** Looks at a pasted token, offline: nothing is fetched and nothing kept. */
export async function inspectToken(text: string, now: number, against?: Comparison): Promise<TokenView> {
  const token = decodeToken(text)
  const kind = guessKind(token)
  const given = { now, ...(against ?? { keysMissing: 'Pasted: nobody was asked for the issuer’s keys.' }) }
  const judged: Check[] =
    token.format !== 'jwt' && token.format !== 'jwe'
      ? []
      : kind === 'id'
        ? await checkIdToken(token, given)
        : await checkAccessToken(token, { ...given, algorithms: undefined })
  return viewToken(token, { now, ...(kind && { kind }) }, [...judged, ...lintToken(token, kind)])
}

/** A connection to compare a pasted token with. `algorithms` are those announced for ID tokens. */
export interface Comparison extends SignatureKeys {
  issuer: string
  clientId: string
  audience?: string
  scopeAsked: string
}

/** Which kind of token a JWT is by its own words; undefined where it does not show. */
function guessKind(token: DecodedToken): TokenKind | undefined {
  if (token.format !== 'jwt') return undefined
  const has = (...names: string[]): boolean => names.some((name) => member(token.claims, name) !== undefined)
  if (/^(application\/)?at\+jwt$/i.test(textMember(token.header, 'typ') ?? '')) return 'access'
  const stated = textMember(token.claims, 'token_use') ?? textMember(token.claims, 'typ')?.toLowerCase()
  if (stated === 'access' || stated === 'id' || stated === 'refresh') return stated
  if (stated === 'bearer') return 'access'
  if (has('nonce', 'at_hash', 'c_hash')) return 'id'
  return has('scope', 'scp', 'client_id', 'permissions') ? 'access' : undefined
}
