import { hasToken, isCredentials } from './looks.ts'
import { isHandedOut, isSecretHeader, isSecretName } from './names.ts'
import { redactTokens } from './redact.ts'

/** A value that is taken out of a response and given a name. */
export interface TakenValue {
  value: string
  /** What it is called from now on. */
  name: string
  /** The header that it was in, or the last names that lead to it in the body. */
  from: { header: string } | { members: readonly string[] }
}

/** Whether it is secret: by either name, by its look, or as what is known to be secret is in it (`cover`). */
export function isSecretTaken({ value, name, from }: TakenValue, cover: (text: string) => string): boolean {
  const isByPlace =
    'header' in from
      ? from.header.toLowerCase() === 'set-cookie' || isSecretHeader(from.header)
      : from.members.some((each) => isSecretName(each) || isHandedOut(each))
  return (
    isByPlace ||
    isSecretName(name) ||
    isCredentials(value) ||
    hasToken(value) ||
    redactTokens(cover(value)) !== value
  )
}
