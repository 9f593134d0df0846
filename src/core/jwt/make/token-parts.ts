import { fail, ok, type Result } from '@contract/result'
import { laidOut, writtenAs, writtenObject } from '../../text/written.ts'
import { isNone } from '../keys/algorithms.ts'
import { decodeToken } from '../text/decode.ts'
import type { JsonObject } from '../text/json-object.ts'

/** Header and payload of a JWT as JSON texts, numbers as they are written. `alg` is left out, as the next key decides it,
 *  unless it says that nothing signs. Code: `not_signed`. */
export function tokenParts(text: string): Result<{ header: string; payload: string }> {
  const token = decodeToken(text)
  if (token.format !== 'jwt')
    return fail('not_signed', 'Only a readable JWT can be edited.', 'Paste a signed token.')
  const { alg, ...rest } = token.header
  const header = typeof alg === 'string' && isNone(alg) ? token.header : writtenAs(token.header, rest)
  return ok({ header: json(header), payload: json(token.claims) })
}

function json(object: JsonObject): string {
  return laidOut(writtenObject(object))
}
