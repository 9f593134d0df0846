import type { Check, TokenKind } from '@contract/tokens/tokens'
import { carriesItsKey } from '../attacks/key-attacks.ts'
import { jwsAlgorithm } from '../keys/algorithms.ts'
import { check } from './check.ts'
import { lintContents } from './lint-contents.ts'
import type { DecodedToken } from '../text/decode.ts'
import { isObject, member, textMember } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'
import { durationWords, momentOf } from '../text/numeric-date.ts'

const day = 86_400_000
const longLife: Record<TokenKind, number> = { access: day, id: day, refresh: Infinity }

/** What is not wrong and still worth knowing, all of state `notice`. Ids: size, lifetime, personal-data,
 *  secret, weak-algorithm, header-keys, private-key, duplicate-members, nested, number, pasted. */
export function lintToken(token: DecodedToken, kind: TokenKind = 'access'): Check[] {
  const checks = lintSize(token.text.length)
  if (token.format === 'jwt' || token.format === 'jwe') {
    checks.push(...lintHeader(token.header, kind))
    if (token.duplicates.length > 0)
      checks.push(
        check('duplicate-members', 'Duplicate names', 'RFC 7519 section 4').notice(
          `${token.duplicates.slice(0, 5).join(', ')}: the last one counts here; another program may use the first or refuse the token.`,
          'duplicate_members',
        ),
      )
  }
  if (token.format === 'jwt') {
    checks.push(...lintClaims(token.claims, kind))
    if (token.nested !== undefined)
      checks.push(
        check('nested', 'Token inside', 'RFC 7519 section 5.2').notice(
          'Its content is another token.',
          'nested',
        ),
      )
  }
  if (token.surroundings.length > 0)
    checks.push(
      check('pasted', 'As pasted').notice(
        token.surroundings.map(({ message }) => message).join(' '),
        'surroundings',
      ),
    )
  return checks
}

function lintSize(characters: number): Check[] {
  const size = check('size', 'Size', 'RFC 9110 section 5.4')
  const kilobytes = (characters / 1024).toFixed(1)
  if (characters > 16_384)
    return [size.notice(`${kilobytes} KB: nearly all servers refuse headers above 16 KB.`, 'over_16_kb')]
  if (characters > 8_192)
    return [size.notice(`${kilobytes} KB: many servers refuse headers above 8 KB.`, 'over_8_kb')]
  if (characters > 4_096)
    return [
      size.notice(`${kilobytes} KB: some servers and all cookies stop at 4 KB, others at 8 KB.`, 'over_4_kb'),
    ]
  return []
}

function lintClaims(claims: JsonObject, kind: TokenKind): Check[] {
  const checks: Check[] = []
  const [issuedAt = NaN, expiresAt = NaN] = ['iat', 'exp'].map((name) => momentOf(member(claims, name)))
  if (expiresAt - issuedAt > longLife[kind])
    checks.push(
      check('lifetime', 'Long lifetime', 'RFC 9700 section 2.2').notice(
        `It is valid for ${durationWords(expiresAt - issuedAt)}; if it leaks, it can be used that long.`,
        'long_life',
      ),
    )
  return [...checks, ...lintNumbers(claims), ...lintContents(claims, kind === 'access')]
}

/** Many programs number their users, which other programs then refuse (RFC 7519 section 4.1.2). */
function lintNumbers(claims: JsonObject): Check[] {
  return ['iss', 'sub', 'jti']
    .filter((name) => typeof member(claims, name) === 'number')
    .map((name) =>
      check('number', 'Number for text', 'RFC 7519 section 4.1').notice(
        `${name} is a number; it has to be text, and some libraries refuse it.`,
        'number_for_text',
      ),
    )
}

function lintHeader(header: JsonObject, kind: TokenKind): Check[] {
  const checks: Check[] = []
  const alg = textMember(header, 'alg') ?? ''
  if (kind === 'access' && jwsAlgorithm(alg)?.kty === 'oct')
    checks.push(
      check('weak-algorithm', 'Shared secret', 'RFC 8725 section 3.5').notice(
        `${alg}: every API that can check this token can forge it.`,
        'shared_secret',
      ),
    )
  const carried = ['jku', 'jwk', 'x5u', 'x5c'].filter((name) => member(header, name) !== undefined)
  if (carried.length > 0 && !carriesItsKey(header))
    checks.push(
      check('header-keys', 'Brings its own key', 'RFC 8725 section 3.10').notice(
        `The header names a key with ${carried.join(', ')}. Gatehouse ignores it; an API that follows it can be fooled.`,
        'key_in_header',
      ),
    )
  if (isObject(header.jwk) && member(header.jwk, 'd') !== undefined)
    checks.push(
      check('private-key', 'Private key inside', 'RFC 7515 section 4.1.3').notice(
        'The header contains a private key: it is compromised.',
        'private_key_in_header',
      ),
    )
  return checks
}
