import type { JwtKind } from '@contract/tables/jwt-kinds'
import type { Check, TokenLife, TokenView } from '@contract/tokens/tokens'
import { explainClaims, explainHeader } from './claim-views.ts'
import type { DecodedToken } from '../text/decode.ts'
import { describeOpaque } from '../text/describe-opaque.ts'
import type { ExplainContext } from './explain-types.ts'
import { member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { momentOf } from '../text/numeric-date.ts'
import { textMember } from '../text/json-object.ts'
import { verdictOf } from './verdict.ts'

const previewLength = 20
/** Most of a payload that is not JSON, in characters. */
const longestPayload = 20_000

/** The life that the claims tell, in milliseconds; unsound dates are left out. */
export function lifeOf(claims: JsonObject): TokenLife {
  const life: TokenLife = {}
  const [issuedAt, notBefore, expiresAt] = ['iat', 'nbf', 'exp'].map((name) => momentOf(member(claims, name)))
  if (issuedAt !== undefined) life.issuedAt = issuedAt
  if (notBefore !== undefined) life.notBefore = notBefore
  if (expiresAt !== undefined) life.expiresAt = expiresAt
  return life
}

/** What the token response and what the claims tell: the earlier end counts. */
function joinLives(told: TokenLife, own: TokenLife): TokenLife {
  const ends = [told.expiresAt, own.expiresAt].filter((end) => end !== undefined)
  return { ...told, ...own, ...(ends.length > 0 && { expiresAt: Math.min(...ends) }) }
}

/** Builds what the page shows of a token: never the signature, nor an opaque token's text.
 *  `life` is what the token response told, for tokens that tell nothing themselves; `kind` names it in the verdict. */
export function viewToken(
  token: DecodedToken,
  context: ExplainContext,
  checks: Check[],
  life: TokenLife = {},
  kind: JwtKind | undefined = context.kind,
): TokenView {
  const size = new TextEncoder().encode(token.text).length
  const verdict = verdictOf(token, checks, kind)
  switch (token.format) {
    case 'jwt': {
      const preview = {
        header: token.segments[0].slice(0, previewLength),
        payload: token.segments[1].slice(0, previewLength),
      }
      return {
        format: 'jwt',
        verdict,
        size,
        checks,
        preview,
        life: joinLives(life, lifeOf(token.claims)),
        algorithm: textMember(token.header, 'alg') ?? '',
        header: explainHeader(token.header, context),
        claims: explainClaims(token.claims, context),
      }
    }
    case 'jwe':
      return { format: 'jwe', verdict, size, checks, life, header: explainHeader(token.header, context) }
    case 'opaque':
      return { format: 'opaque', verdict, size, checks, life, says: describeOpaque(token.text, context.kind) }
    case 'malformed':
      if (token.jws !== undefined)
        return {
          format: 'jws',
          verdict,
          size,
          checks,
          life,
          header: explainHeader(token.header ?? {}, context),
          payload: token.jws.payload?.slice(0, longestPayload) ?? null,
        }
      return {
        format: 'malformed',
        verdict,
        size,
        checks,
        life,
        defects: token.defects,
        ...(token.header && { header: explainHeader(token.header, context) }),
        ...(token.claims && { claims: explainClaims(token.claims, context) }),
      }
  }
}
