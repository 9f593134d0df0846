import { readEncryptedJson } from '../encryption/encrypted-json.ts'
import { decodeToken, type DecodedToken } from '../text/decode.ts'
import { readSignedJson, withPayload } from '../text/signed-json.ts'
import type { Inspection } from './inspection.ts'

/** The token of a text: of a JSON serialization with what its compact form leaves out, of a detached payload with that. */
export function readWhole(
  text: string,
  { json, payload }: Pick<Inspection, 'json' | 'payload'>,
): DecodedToken {
  const whole = json === undefined ? undefined : (readEncryptedJson(json, text) ?? readSignedJson(json))
  if (whole !== undefined) return whole
  const token = decodeToken(text)
  if (payload === undefined) return token
  const put = withPayload(token, payload)
  return typeof put === 'string' ? decodeToken(put) : put
}
