import type { FlowCheck } from '@contract/flows'

/** What was found out about a response from the browser. Codes are those of `readCallback`, `matchCallback`
 *  and `checkCallbackIssuer`. */
export interface CallbackFindings {
  /** The response belongs to a sign-in that this app began. */
  known: boolean
  issuer?: string
  expectedIssuer?: string
  code?: string
}

/** `state` (RFC 6749 section 10.12), the way in (section 3.1.2) and `iss` (RFC 9207) of a response, each valid,
 *  invalid or not checked. */
export function callbackChecks({ known, issuer, expectedIssuer, code }: CallbackFindings): FlowCheck[] {
  const one = (id: string, label: string, source: string) => (state: FlowCheck['state'], detail: string) => ({
    id,
    label,
    state,
    detail,
    source,
  })
  const state = one('state', 'state', 'RFC 6749 section 10.12')
  const iss = one('iss', 'iss', 'RFC 9207 section 2.4')
  const way = one('redirect', 'redirect URI', 'RFC 6749 section 3.1.2')
  const stateCheck =
    code === 'callback_state_missing'
      ? state('invalid', 'is missing, so the response matches no request')
      : code === 'callback_repeated'
        ? state('invalid', 'was used before: a response counts only once')
        : code === 'callback_state_unknown' || !known
          ? state('invalid', 'belongs to no waiting sign-in')
          : state('valid', 'matches the one that was sent')
  if (stateCheck.state === 'invalid')
    return [stateCheck, iss('not-checked', 'the response was refused before')]
  if (code === 'callback_other_redirect')
    return [
      stateCheck,
      way('invalid', 'came in by a different way than requested'),
      iss('not-checked', 'the response was refused before'),
    ]
  if (code === 'callback_iss_mismatch')
    return [
      stateCheck,
      iss('invalid', `names ${issuer ?? 'another issuer'}, but ${expectedIssuer ?? 'another'} was asked`),
    ]
  if (code === 'callback_iss_missing')
    return [stateCheck, iss('invalid', 'is missing, although the provider announces that it sends it')]
  return [
    stateCheck,
    issuer === undefined
      ? iss('not-checked', 'the provider neither announces nor sends it')
      : iss('valid', 'matches the issuer that was asked'),
  ]
}
