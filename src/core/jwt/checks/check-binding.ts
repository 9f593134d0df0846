import type { Check } from '@contract/tokens/tokens'
import { notKnown, type Known } from '../../text/known.ts'
import { check } from './check.ts'
import { isObject, member } from '../text/json-object.ts'
import type { JsonObject } from '../text/json-object.ts'

/** What is known of the key that a token should be bound to. */
export interface BindingExpectations {
  /** `token_type` of the token response. */
  tokenType: Known<string>
  /** RFC 7638 thumbprint of the DPoP key that was proven; null where none was. */
  keyThumbprint: Known<string | null>
}

/** Whether the token is bound to a key (RFC 7800, RFC 9449 section 6, RFC 8705 section 3).
 *  Codes: `bearer`, `binding_missing`, `binding_wrong`, `bound`. */
export function checkBinding(claims: JsonObject, { tokenType, keyThumbprint }: BindingExpectations): Check {
  const binding = check('binding', 'Bound to a key', 'RFC 7800 section 3.1')
  const confirmation = member(claims, 'cnf')
  const isDpop = tokenType !== notKnown && tokenType.toLowerCase() === 'dpop'
  if (!isObject(confirmation))
    return isDpop
      ? binding.invalid(
          'Its type is DPoP, but it is not bound to a key: anyone who gets it can use it.',
          'binding_missing',
        )
      : binding.unchecked('Bearer token without cnf: anyone who holds it can use it.', 'bearer')
  const thumbprint = member(confirmation, 'jkt')
  if (keyThumbprint !== notKnown && thumbprint !== undefined)
    return thumbprint === keyThumbprint
      ? binding.valid('Bound to this app’s DPoP key.')
      : binding.invalid(
          keyThumbprint === null
            ? 'Bound to a DPoP key, and this connection has none: it cannot be used here.'
            : "Bound to another DPoP key than this app's: it cannot be used here.",
          'binding_wrong',
        )
  const how =
    thumbprint !== undefined
      ? 'a DPoP key'
      : member(confirmation, 'x5t#S256') !== undefined
        ? 'a client certificate'
        : 'a key'
  return binding.notice(`Bound to ${how}: it will be refused as a plain Bearer token.`, 'bound')
}
