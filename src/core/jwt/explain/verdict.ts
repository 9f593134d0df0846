import { jwtKinds, type JwtKind } from '@contract/tables/jwt-kinds'
import type { VerdictState } from '@contract/tables/verdict-states'
import type { Check, TokenVerdict } from '@contract/tokens/tokens'
import { isNone } from '../keys/algorithms.ts'
import type { DecodedToken } from '../text/decode.ts'
import { textMember } from '../text/json-object.ts'

/** What the token is and whether it holds, from its checks: the gravest fault decides. */
export function verdictOf(token: DecodedToken, checks: Check[], kind: JwtKind | undefined): TokenVerdict {
  const attacks = checks.filter(({ id }) => id.startsWith('attack-')).map(({ label }) => label)
  return { what: whatOf(token, kind), attacks, ...stateOf(token, checks) }
}

function whatOf(token: DecodedToken, kind: JwtKind | undefined): string {
  switch (token.format) {
    case 'jwt': {
      if (token.nested !== undefined) return 'Signed token with a token inside'
      const { label } = jwtKinds[kind ?? 'plain']
      if (!isNone(textMember(token.header, 'alg') ?? '')) return label
      return kind === undefined || kind === 'plain' ? 'Unsecured JWT' : `Unsecured JWT: ${label}`
    }
    case 'jwe':
      return 'Encrypted token (JWE)'
    case 'opaque':
      return 'Opaque token'
    case 'malformed':
      if (token.jws === undefined) return 'Not a valid token'
      return token.jws.payload === null ? 'Signed data, payload detached' : 'Signed data (JWS), not a JWT'
  }
}

/** Codes of a signature check that a key other than the right one causes. */
const otherKey = new Set(['key_unfit', 'kid_unknown', 'key_unusable', 'alg_refused'])

function stateOf(token: DecodedToken, checks: Check[]): { state: VerdictState; says: string } {
  if (token.format === 'opaque')
    return { state: 'opaque', says: 'It contains nothing that can be read or checked here.' }
  if (token.format === 'malformed' && token.jws === undefined)
    return { state: 'unreadable', says: token.defects[0]?.message ?? 'It cannot be read.' }
  if (token.format === 'malformed' && token.jws?.payload === null)
    return { state: 'detached', says: token.defects[0]?.message ?? '' }
  if (token.format === 'jwe')
    return { state: 'encrypted', says: 'Its content can only be read with its recipient’s key.' }

  const failed = checks.filter(({ state }) => state === 'invalid')
  const signature = checks.find(({ id }) => id === 'signature' || id === 'format')
  const time = checks.find(({ id }) => id === 'time')
  const others = failed.filter(({ id }) => id !== 'signature' && id !== 'time')
  const unproven = signature?.state === 'valid' ? '' : ' The signature was not checked.'
  if (signature?.code === 'alg_none')
    return { state: 'unsecured', says: 'Nothing is signed: anyone could have made it.' }
  if (signature !== undefined && otherKey.has(signature.code ?? ''))
    return { state: 'wrong_key', says: signature.detail }
  if (signature?.state === 'invalid') return { state: 'signature_wrong', says: signature.detail }
  if (others.length > 0)
    return { state: 'refused', says: others.map(({ label, detail }) => `${label}: ${detail}`).join(' ') }
  if (time?.state === 'invalid') {
    const state = time.code === 'expired' ? 'expired' : time.code === 'not_yet_valid' ? 'early' : 'refused'
    return { state, says: `${time.detail}${unproven}` }
  }
  if (signature?.state !== 'valid')
    return { state: 'not_checked', says: signature?.detail ?? 'Nothing about it was checked.' }
  return { state: 'holds', says: `${signature.detail} No check failed.` }
}
