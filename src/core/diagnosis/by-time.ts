import { fact, type Case, type Verdict } from './case.ts'
import { pickHelp } from './help.ts'
import { serverDate } from './pause.ts'
import { span } from './words.ts'

/** A difference that the second of a `Date` and the way of a response do not explain, in milliseconds. */
const noticeable = 10_000
const expired =
  /\bexpired\b|\bran out\b|run out|no longer valid|token is too old|lifetime validation failed|"?exp"? claim timestamp check failed/i
const early =
  /not (?:yet )?(?:valid|active) (?:yet|before)|not yet valid|not active|"?nbf"? claim timestamp check failed|issued in the future/i

/** Whether an API's sentence says that the token's time is over. Many have one sentence for too late and too early. */
export function saysExpired(said: string | undefined): boolean {
  return said !== undefined && expired.test(said) && !/revoked/i.test(said)
}

/** The token's own time, where it explains the refusal: by the clock that the response shows, else by this one. */
export function byTime(item: Case): Verdict | undefined {
  const { call, said } = item
  const { expiresAt, notBefore } = call.token ?? {}
  const says = saysExpired(said)
  const shown = serverDate(call)
  const ahead = shown === undefined || Math.abs(shown - call.now) < noticeable ? 0 : shown - call.now
  const clocks = [
    ...(expiresAt !== undefined && expiresAt > call.now
      ? fact('By this clock', `expires in ${span(expiresAt - call.now)}`)
      : []),
    ...(ahead === 0
      ? []
      : fact('The API’s clock', `${clocksApart(ahead)} ${ahead > 0 ? 'ahead' : 'behind'}`)),
  ]
  if (expiresAt !== undefined && expiresAt <= call.now) {
    return {
      headline: `The token expired ${span(call.now - expiresAt)} before the response came`,
      certainty: says ? 'certain' : 'likely',
      facts: clocks,
      next: pickHelp('renew', call),
    }
  }
  if (expiresAt !== undefined && expiresAt <= call.now + ahead) {
    return {
      headline: `The API’s clock is ${clocksApart(ahead)} ahead: by that clock, the token has expired`,
      certainty: says ? 'certain' : 'likely',
      facts: clocks,
      next: 'Set the API’s clock. Until then, only tokens that are valid for longer than the difference are accepted.',
    }
  }
  if (says) {
    return {
      headline: early.test(said ?? '')
        ? 'The API says that the token has expired or is not valid yet'
        : 'The API says that the token has expired',
      certainty: 'certain',
      facts: clocks,
      next: `${pickHelp('renew', call)} If that does not help, compare the clocks of API, provider and this computer.`,
    }
  }
  return tooEarly(item, notBefore, ahead)
}

/** A `Date` is cut to its second, and the response took its time: 9:58 are ten minutes. */
function clocksApart(ahead: number): string {
  const apart = Math.abs(ahead)
  return span(apart + (apart < 60_000 ? 999 : 5_000))
}

function tooEarly({ call, said }: Case, notBefore: number | undefined, ahead: number): Verdict | undefined {
  const says = early.test(said ?? '')
  if (notBefore !== undefined && notBefore > call.now) {
    return {
      headline: `The token is not valid for another ${span(notBefore - call.now)}`,
      certainty: says ? 'certain' : 'likely',
      next: 'Compare the clocks of the provider and of this computer.',
    }
  }
  if (notBefore !== undefined && ahead < 0 && notBefore > call.now + ahead) {
    return {
      headline: `The API’s clock is ${clocksApart(ahead)} behind: by that clock, the token is not valid yet`,
      certainty: says ? 'certain' : 'likely',
      next: 'Set the API’s clock, or wait until it has caught up.',
    }
  }
  return says
    ? {
        headline: 'The API says that the token is not valid yet',
        certainty: 'certain',
        next: 'Compare the clocks of API and provider.',
      }
    : undefined
}
