import { isSecretName } from '../../secrecy/names.ts'
import { redactBody } from '../../secrecy/redact.ts'
import { parseObject } from '../../text/parse-object.ts'
import { rememberWritten, writtenObject } from '../../text/written.ts'

/** What is kept of claims about a person, which lie in plain: what is secret by name or look is covered. */
export function keptClaims(claims: Record<string, unknown>): Record<string, unknown> {
  const text = writtenObject(claims)
  const kept = redactBody(text, 'application/json', isSecretName)
  return kept === text ? claims : rememberWritten(parseObject(kept) ?? {}, kept)
}
