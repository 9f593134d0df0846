/** What each member of the JSON responses that openid-client judges has to be. */
const members = {
  access_token: 'text',
  token_type: 'text',
  expires_in: 'number',
  refresh_token: 'text',
  scope: 'text',
  request_uri: 'text',
  device_code: 'text',
  user_code: 'text',
  verification_uri: 'text',
  verification_uri_complete: 'text',
  interval: 'number',
  active: 'truth',
  sub: 'text',
} as const

/** A member that a response has to have. */
export type AnswerMember = keyof typeof members

const kinds: Record<
  (typeof members)[AnswerMember],
  { fits: (value: unknown) => boolean; otherwise: string }
> = {
  text: { fits: (value) => typeof value === 'string' && value !== '', otherwise: 'not text, or empty' },
  number: { fits: (value) => typeof value === 'number' && value >= 0, otherwise: 'not a number from 0 up' },
  truth: { fits: (value) => typeof value === 'boolean', otherwise: 'neither true nor false' },
}

/** What the library found wrong with a response, in words of this program: the response itself is looked at, as the
 *  library's sentences are for programmers, and change. */
export function faultInWords(fault: Error, required: readonly AnswerMember[]): string {
  const body = bodyOf(fault)
  if (body === undefined) return general
  for (const name of Object.keys(members) as AnswerMember[]) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined
    if (value === undefined && required.includes(name)) return `“${name}” is missing`
    const kind = kinds[members[name]]
    if (value !== undefined && !kind.fits(value)) return `“${name}” is ${kind.otherwise}`
  }
  return general
}

const general = 'it does not have the format that the specification requires'

/** The response that the library judged, which it hands on as the cause. */
function bodyOf({ cause }: Error): Record<string, unknown> | undefined {
  if (typeof cause !== 'object' || cause === null || !('body' in cause)) return undefined
  const { body } = cause
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined
}
